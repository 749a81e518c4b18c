# SPDX-License-Identifier: GPL-2.0-or-later
"""Parameters with the help that QGIS shows beside them."""

from __future__ import annotations

from qgis.core import Qgis, QgsProcessingParameterDefinition


def with_help(
    parameter: QgsProcessingParameterDefinition, text: str
) -> QgsProcessingParameterDefinition:
    """Return the parameter with a help text."""
    parameter.setHelp(text)
    return parameter


def advanced(
    parameter: QgsProcessingParameterDefinition, text: str
) -> QgsProcessingParameterDefinition:
    """Return the parameter with a help text, among those that QGIS folds away."""
    parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
    return with_help(parameter, text)
