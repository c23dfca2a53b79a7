"""How the endpoint refuses a call: an error code of the Amazon Translate API and a sentence."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal as the service would answer it; the HTTP status follows from the service model."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def invalid(message: str) -> ApiError:
    """Return the error of a request that is well formed but cannot be carried out."""
    return ApiError("InvalidRequestException", message)


def not_found(message: str) -> ApiError:
    """Return the error of a name or id that stands for nothing."""
    return ApiError("ResourceNotFoundException", message)
