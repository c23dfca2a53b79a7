"""The one exception of the service.

It must stand in a module of `moto.<service>`: moto derives the service from the module's name.
"""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from moto.core.exceptions import ServiceException


class TranslateError(ServiceException):
    """Any error of the service: TranslateError(code, message). The HTTP status follows from the service model."""
