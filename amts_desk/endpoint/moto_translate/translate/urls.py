"""Where moto finds the service."""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from moto.translate.responses import TranslateResponse

url_bases = [r"https?://translate\.(.+)\.amazonaws\.com"]
url_paths = {"{0}/$": TranslateResponse.dispatch}
