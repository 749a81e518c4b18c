# SPDX-License-Identifier: GPL-2.0-or-later
"""File names of risk maps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from eco_onemap.layout.file_names import file_names


def test_plain_identifiers_stay_as_they_are():
    assert file_names(["S-01", "地块7"]) == {"S-01": "S-01", "地块7": "地块7"}


def test_what_file_systems_refuse_is_replaced():
    assert file_names(["a/b:c"])["a/b:c"] == "a_b_c"
    assert file_names([" .. "])[" .. "] == "site"
    assert file_names(["con"])["con"] == "_con"


def test_names_differ_even_on_systems_that_ignore_case():
    names = file_names(["A/1", "a_1", "A:1", "a_1_2"])
    assert len({name.casefold() for name in names.values()}) == 4


@given(st.lists(st.text(min_size=1, max_size=90), unique=True, max_size=12))
def test_every_site_has_a_valid_name_of_its_own(site_ids):
    names = file_names(site_ids)
    assert list(names) == site_ids
    assert len({name.casefold() for name in names.values()}) == len(site_ids)
    for name in names.values():
        assert name and not set(name) & set('<>:"/\\|?*\n\0')
        assert name[-1] not in ". "
        assert len(name.encode()) < 255 - len(".pdf") - len("..part")
