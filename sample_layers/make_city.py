# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the sample layers of the fictional city of Haiwan (海湾市)."""

from __future__ import annotations

import argparse
from pathlib import Path

from city import farmland, sea, sites, soil, targets, txt, units, zoned
from city.farmland import Fields
from city.ground import Ground
from city.groundwork import make_ground
from city.model import City, make_city
from city.sites_edge import edge_sites
from city.sites_further import further_sites
from city.sites_general import general_sites
from city.sites_red import red_sites
from city.sites_sea import sea_sites
from city.sites_soil import soil_sites
from city.sites_water import water_sites
from city.writing import Layer, write_bytes, write_csv, write_gpkg, write_raster, write_shapefile


def main() -> None:
    """Write all files of the sample city into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    folder = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    city = make_city()
    fields = farmland.make_fields(city)
    layers = {layer.name: layer for layer in _layers(city, fields)}
    ground = make_ground(city, fields, layers)
    for layer in (soil.make_register(ground), soil.make_suspects(ground)):
        layers[layer.name] = layer
    write_layers(city, layers, folder)
    write_sites(ground, folder)


def _layers(city: City, fields: Fields) -> list[Layer]:
    """Return all layers but those of contaminated land, which need the ground to be known."""
    return [
        zoned.admin(city), zoned.redline(city), zoned.drinking_zones(city), zoned.intakes(city),
        zoned.reserves(city), zoned.wetlands(city), zoned.setback(city), zoned.rivers(city),
        units.control_units(city), sea.sea_function(city), sea.sea_risk(city), sea.coastline(city),
        farmland.farmland_class(fields), farmland.permanent_farmland(fields), targets.nofuel(city),
        targets.sensitive(city, fields), targets.outfalls(city), targets.metal_works(),
    ]  # fmt: skip


def write_layers(city: City, layers: dict[str, Layer], folder: Path) -> None:
    """Write layers, coverage polygons, the risk grid and the list of access requirements."""
    for layer in layers.values():
        if layer.name == "sensitive":
            write_shapefile(folder, "sensitive.shp", layer, "GBK")
        else:
            write_gpkg(folder, f"{layer.name}.gpkg", [layer])
    for stem, layer in zoned.coverages(city).items():
        write_gpkg(folder, f"{stem}.gpkg", [layer])
    west, _, _, north = sea.GRID_BOUNDS
    write_raster(folder / "sea_risk_grid.tif", sea.risk_grid(city), west, north, sea.CELL)
    rows = units.access_list(layers["control_units"])
    write_csv(folder / "access_list.csv", units.LIST_COLUMNS, rows)


def write_sites(ground: Ground, folder: Path) -> None:
    """Write the sites, what is expected of them, and two files of surveyed points."""
    makers = (
        *(water_sites, red_sites, edge_sites, soil_sites, sea_sites, general_sites),
        further_sites,  # the last, so that those before stay where they were
    )
    shapes = {site: shape for make in makers for site, shape in make(ground).items()}
    found = sites.read_sites(shapes)
    write_gpkg(folder, "sites.gpkg", sites.site_layers(found))
    write_csv(folder / "situations.csv", sites.SITUATION_COLUMNS, sites.situations(found))
    write_bytes(folder / "site_txt_factory.txt", txt.factory(ground))
    write_bytes(folder / "site_txt_two_parcels.txt", txt.two_parcels(ground))


if __name__ == "__main__":
    main()
