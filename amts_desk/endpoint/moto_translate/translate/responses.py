"""Requests in, answers out: both by the service model, which moto reads."""

# ruff: noqa: TID253  moto itself imports this, so moto is there already

from typing import Any

from moto.core.responses import ActionResult, BaseResponse
from moto.translate.exceptions import TranslateError
from moto.translate.models import translate_backends

from amts_desk.endpoint.errors import ApiError


class TranslateResponse(BaseResponse):
    """Hands every operation to the service of the caller's account and Region."""

    def __init__(self) -> None:
        super().__init__(service_name="translate")
        self.automated_parameter_parsing = True

    def _answer(self) -> Any:
        service = translate_backends[self.current_account][self.region].service
        try:
            return ActionResult(service.answer(self._get_action(), dict(self.params)))
        except ApiError as error:
            raise TranslateError(error.code, error.message) from error

    # moto looks for a method of each operation's name.
    create_parallel_data = update_parallel_data = get_parallel_data = list_parallel_data = delete_parallel_data = (
        _answer
    )
    start_text_translation_job = describe_text_translation_job = _answer
    list_text_translation_jobs = stop_text_translation_job = _answer
    translate_text = list_languages = _answer
    translate_document = import_terminology = get_terminology = list_terminologies = delete_terminology = _answer
    tag_resource = untag_resource = list_tags_for_resource = _answer
