# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the sample layers of the fictional city of Haiwan (海湾市): run it in this folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from city import sea, units, zoned
from city.model import City, make_city
from city.writing import Layer, write_csv, write_gpkg, write_raster


def main() -> None:
    """Write all files of the sample city."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    city = make_city()
    write_zones(city, folder)


def write_zones(city: City, folder: Path) -> list[Layer]:
    """Write the layers that are cut from the mosaic and return them."""
    control_units = units.control_units(city)
    layers = [
        zoned.admin(city), zoned.redline(city), zoned.drinking_zones(city), zoned.intakes(city),
        zoned.reserves(city), zoned.wetlands(city), zoned.setback(city), control_units,
        sea.sea_function(city), sea.sea_risk(city), sea.coastline(city),
    ]  # fmt: skip
    for layer in layers:
        write_gpkg(folder, f"{layer.name}.gpkg", [layer])
    for stem, layer in zoned.coverages(city).items():
        write_gpkg(folder, f"{stem}.gpkg", [layer])
    west, _, _, north = sea.GRID_BOUNDS
    write_raster(folder / "sea_risk_grid.tif", sea.risk_grid(city), west, north, sea.CELL)
    write_csv(folder / "access_list.csv", units.LIST_COLUMNS, units.access_list(control_units))
    return layers


if __name__ == "__main__":
    main()
