#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Sets up all that Eco One Map needs on Debian 12 or 13: QGIS 3.40, the GDAL family, Chinese
# fonts, and a virtual environment in .venv that sees QGIS. Safe to run again: what is in place
# is left alone, and a finished set-up costs a second.
#
#   scripts/install.sh            what users and the demo need, plus the test tools
#   ECO_ONEMAP_FORCE=1 ...        do every step again
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly CONSTRAINTS=scripts/constraints.txt
readonly VENV=.venv
readonly STAMP=$VENV/.eco-onemap-installed
readonly QGIS_MINIMUM=3.40
readonly SYSTEM_PYTHON=/usr/bin/python3
readonly APT_PACKAGES=(
    qgis python3-qgis                                          # the application and its Python
    python3-rasterio python3-fiona python3-pyproj python3-numpy
    python3-yaml python3-jinja2 python3-lxml
    python3-psycopg2                                           # layers and sites from PostGIS
    python3-venv python3-pip python3-dev g++ libgeos-dev       # shapely is built against QGIS's GEOS
    fonts-noto-cjk                                             # Chinese text in PDF maps
    libreoffice-writer-nogui libreoffice-calc-nogui            # PDFs without QGIS; 94 MB, a minute
    xvfb xauth poppler-utils                                   # a screen for tests, PDF reading
    postgresql postgresql-postgis                              # a server that tests start themselves
)
# Debian starts a server for everybody with the package; tests need only its programs.
readonly NO_CLUSTER=/etc/postgresql-common/createcluster.d/eco-onemap.conf

say() { printf '\n==> %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "installing packages needs root: run as root, or install sudo"; fi
}

# What decides the set-up; the settings of tools further down in pyproject.toml do not.
fingerprint() {
    { cat "${BASH_SOURCE[0]}" "$CONSTRAINTS"; sed '/^\[tool\.pytest/,$d' pyproject.toml; } | sha256sum | cut -d' ' -f1
}

is_set_up() {
    [ -z "${ECO_ONEMAP_FORCE:-}" ] || return 1
    [ -f "$STAMP" ] || return 1
    [ "$(cat "$STAMP")" = "$(fingerprint) $PWD" ] || return 1
    "$VENV/bin/python" -c 'import qgis, shapely, fiona, rasterio, pyproj, psycopg2, pytest' 2>/dev/null
}

debian_codename() {
    # shellcheck disable=SC1091
    ( . /etc/os-release && printf '%s' "${VERSION_CODENAME:-}" )
}

debian_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
        awk -v codename="$1" '$2 == codename { print $1; exit }'
}

# QGIS in plain Debian 12 is 3.22; the backports of the same mirror have the LTR.
add_backports() {
    local codename=$1 mirror list=/etc/apt/sources.list.d/eco-onemap-backports.sources
    mirror=$(debian_mirror "$codename")
    [ -n "$mirror" ] || die "no Debian mirror found in the apt sources: add one and run again"
    say "Adding $codename-backports (for QGIS $QGIS_MINIMUM) beside the mirror in use"
    as_root tee "$list" >/dev/null <<SOURCE
Types: deb
URIs: $mirror
Suites: $codename-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCE
    as_root tee /etc/apt/preferences.d/eco-onemap-qgis >/dev/null <<PIN
Package: src:qgis
Pin: release n=$codename-backports
Pin-Priority: 990
PIN
}

missing_packages() {
    local package
    for package in "${APT_PACKAGES[@]}"; do
        dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            printf '%s\n' "$package"
    done
}

qgis_version() { dpkg-query -W -f '${Version}' qgis 2>/dev/null || true; }

install_system_packages() {
    local codename=$1 missing failed=
    missing=$(missing_packages)
    if [ -z "$missing" ] && dpkg --compare-versions "$(qgis_version)" ge "$QGIS_MINIMUM"; then
        say "System packages: in place (QGIS $(qgis_version))"
        return
    fi
    [ "$codename" != bookworm ] || add_backports "$codename"
    say "System packages: reading the package lists"
    as_root apt-get update -q
    say "System packages: installing QGIS and what goes with it (several minutes the first time)"
    as_root mkdir -p "${NO_CLUSTER%/*}"
    echo 'create_main_cluster = false' | as_root tee "$NO_CLUSTER" >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        "${APT_PACKAGES[@]}" || failed=yes
    as_root rm -f "$NO_CLUSTER"
    [ -z "$failed" ] || die "apt-get could not install all packages: see above"
    dpkg --compare-versions "$(qgis_version)" ge "$QGIS_MINIMUM" ||
        die "QGIS $(qgis_version) was installed, but $QGIS_MINIMUM is needed: Debian 12 or 13 is expected"
}

make_environment() {
    say "Python environment in $VENV (sees QGIS through the system packages)"
    "$SYSTEM_PYTHON" -m venv --clear --system-site-packages "$VENV"
    # pyproj looks for PROJ's data below the prefix of the environment.
    mkdir -p "$VENV/share"
    ln -s /usr/share/proj "$VENV/share/proj"
    # numpy stays Debian's: its rasterio, fiona and QGIS are built against that one.
    local numpy
    numpy=numpy==$("$SYSTEM_PYTHON" -c 'import numpy; print(numpy.__version__)')
    printf '%s\n' "$numpy" | cat "$CONSTRAINTS" - >"$VENV/constraints.txt"
    # The binary wheel of shapely brings a second GEOS into QGIS's process, so it is built here.
    "$VENV/bin/python" -m pip install -q --no-deps --no-binary shapely -c "$CONSTRAINTS" shapely
    "$VENV/bin/python" -m pip install -q -c "$VENV/constraints.txt" -e '.[test]'
}

check_environment() {
    say "Checking that all parts work together"
    QT_QPA_PLATFORM=offscreen "$VENV/bin/python" - <<'PYTHON'
import fiona, numpy, pyproj, rasterio, shapely
from qgis.core import Qgis
print(f"    QGIS {Qgis.version()} · shapely {shapely.__version__} (GEOS {shapely.geos_version_string}) · "
      f"numpy {numpy.__version__} · pyproj {pyproj.__version__} · "
      f"fiona {fiona.__version__} · rasterio {rasterio.__version__}")
PYTHON
}

main() {
    if is_set_up; then
        echo "==> Everything is set up (delete $VENV to start over)"
        return
    fi
    local codename
    codename=$(debian_codename)
    case "$codename" in
        bookworm | trixie) ;;
        *) die "this installer knows Debian 12 and 13, not '${codename:-unknown}': see CONTRIBUTING.md for a set-up by hand" ;;
    esac
    install_system_packages "$codename"
    make_environment
    check_environment
    printf '%s %s\n' "$(fingerprint)" "$PWD" >"$STAMP"
}

main "$@"
