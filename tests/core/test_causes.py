# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a file cannot be used is told in the reader's language, whatever the system speaks."""

from __future__ import annotations

import errno
import os
import re

import pytest

from eco_onemap.core.errors import OutputError, cause_of
from eco_onemap.core.layers.catalogue import read_catalogue
from eco_onemap.outputs.folders import make_folder
from eco_onemap.outputs.replacing import replacing

LATIN_WORDS = re.compile(r"[a-z]{3,}", re.IGNORECASE)


def told(error: Exception, language: str) -> str:
    """Return a cause as a sentence would have it."""
    cause = cause_of(error)
    return cause if isinstance(cause, str) else cause.text(language)


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (errno.ENOENT, "it does not exist", "不存在"),
        (errno.EACCES, "permission is lacking", "没有权限"),
        (errno.EROFS, "permission is lacking", "没有权限"),
        (errno.ENOSPC, "the disk is full", "磁盘已满"),
        (errno.EFBIG, "the disk is full", "磁盘已满"),
        (errno.EISDIR, "it is a folder", "是文件夹"),
    ],
)
def test_causes_of_the_system_are_told_in_both_languages(number, english, chinese):
    error = OSError(number, os.strerror(number), "/data/x")
    assert (told(error, "en"), told(error, "zh")) == (english, chinese)


def test_other_causes_are_told_as_they_come():
    assert told(OSError(errno.EIO, "Input/output error", "/data/x"), "zh") == "Input/output error"
    assert told(ValueError("no trailer"), "zh") == "no trailer"


def test_sentences_of_files_have_no_words_of_the_system(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("title: 海湾市".encode("gbk"))
    (tmp_path / "file").write_bytes(b"")
    for use in (
        lambda: read_catalogue(tmp_path / "gbk.yaml"),
        lambda: read_catalogue(tmp_path / "nowhere.yaml"),
        lambda: read_catalogue(tmp_path),
        lambda: make_folder(tmp_path / "file" / "below"),
    ):
        with pytest.raises(Exception, match=str(tmp_path)) as refused:
            use()
        sentence = refused.value.message.text("zh").replace(str(tmp_path), "")
        assert set(LATIN_WORDS.findall(sentence)) <= {
            "UTF",
            "gbk",
            "nowhere",
            "yaml",
            "file",
            "below",
        }


def test_a_full_disk_is_told_in_chinese(tmp_path):
    with pytest.raises(OutputError) as refused, replacing(tmp_path / "a.csv"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "磁盘已满" in refused.value.message.text("zh")
