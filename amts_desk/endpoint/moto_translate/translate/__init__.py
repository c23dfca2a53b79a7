"""Amazon Translate as a moto service; only ever imported as `moto.translate`."""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from moto.translate.models import translate_backends as translate_backends
