"""Every error code that Amazon is known to give, and every trouble before the call: one sentence and an advice."""

import pytest

from amts_desk.aws.failures import SETTINGS, SIGN_IN, UNREACHABLE, failed
from amts_desk.aws.refusals import REFUSALS, refused
from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError

SERVICE = [
    "ConcurrentModificationException", "ConflictException", "DetectedLanguageLowConfidenceException",
    "InternalServerException", "InvalidFilterException", "InvalidParameterValueException", "InvalidRequestException",
    "LimitExceededException", "ResourceNotFoundException", "ServiceUnavailableException",
    "TextSizeLimitExceededException", "TooManyRequestsException", "TooManyTagsException",
    "UnsupportedDisplayLanguageCodeException", "UnsupportedLanguagePairException",
]  # fmt: skip
OUTSIDE_THE_MODEL = [
    "ValidationException", "AccessDeniedException", "NotAuthorizedException", "ExpiredTokenException",
    "UnrecognizedClientException", "InvalidSignatureException", "InternalFailure", "ThrottlingException",
    "RateExceeded",
]  # fmt: skip
S3 = [
    "AccessDenied", "AuthorizationHeaderMalformed", "BadDigest", "EntityTooLarge", "ExpiredToken",
    "IllegalLocationConstraintException", "InternalError", "InvalidAccessKeyId", "InvalidBucketName", "InvalidToken",
    "KeyTooLongError", "NoSuchBucket", "NoSuchKey", "NoSuchUpload", "OperationAborted", "PermanentRedirect",
    "PreconditionFailed", "RequestTimeTooSkewed", "RequestTimeout", "ServiceUnavailable", "SignatureDoesNotMatch",
    "SlowDown", "TokenRefreshRequired", "XAmzContentSHA256Mismatch", "301", "400", "403", "404",
    "KMS.DisabledException", "KMS.NotFoundException", "KMS.KMSInvalidStateException",
]  # fmt: skip
PASSING = {
    "ConcurrentModificationException", "InternalServerException", "InternalFailure", "ServiceUnavailableException",
    "TooManyRequestsException", "ThrottlingException", "RateExceeded", "SlowDown", "InternalError",
    "ServiceUnavailable",
    "OperationAborted", "RequestTimeout", "BadDigest", "XAmzContentSHA256Mismatch",
}  # fmt: skip
SIGN_IN_AGAIN = {
    "ExpiredTokenException", "ExpiredToken", "InvalidToken", "TokenRefreshRequired", "UnrecognizedClientException",
    "InvalidAccessKeyId",
}  # fmt: skip
ADVICE = {
    "AccessDeniedException": "permission",
    "NotAuthorizedException": "us-east-1, us-west-2 or eu-west-1",
    "UnrecognizedClientException": "another profile",
    "InvalidSignatureException": "clock",
    "RequestTimeTooSkewed": "clock",
    "ExpiredTokenException": "Sign in again",
    "ConflictException": "another name",
    "ConcurrentModificationException": "one parallel data at a time",
    "LimitExceededException": "higher limit",
    "TooManyRequestsException": "Wait a little",
    "InternalServerException": "AWS Support",
    "ResourceNotFoundException": "Check the name",
    "TextSizeLimitExceededException": "shorter text",
    "UnsupportedLanguagePairException": "another source or target language",
    "PermanentRedirect": "Region",
    "NoSuchBucket": "bucket's name",
}


def answer(code, message="It is so.", status=400):
    return {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"RequestId": "REQ-1", "HTTPStatusCode": status},
    }


def is_plain(error: ServiceError) -> bool:
    return error.message.endswith(".") and "\n" not in error.message and error.advice.endswith(".")


@pytest.mark.parametrize("code", [*SERVICE, *OUTSIDE_THE_MODEL, *S3])
def test_every_code_of_the_facts_has_a_sentence_with_advice(code):
    error = refused("Asking", answer(code))
    assert is_plain(error)
    assert error.message.startswith(f"Asking was refused, since {REFUSALS[code].since}: It is so ({code}")
    assert REFUSALS[code].since
    assert ADVICE.get(code, "") in error.advice
    assert (error.code, error.request_id) == (code, "REQ-1")
    assert error.passing is (code in PASSING)
    assert error.needs_sign_in is (code in SIGN_IN_AGAIN)


def test_every_error_of_the_services_model_is_known():
    import botocore.session

    shapes = botocore.session.Session().get_service_model("translate").error_shapes
    assert {shape.name for shape in shapes} == set(SERVICE)
    assert set(SERVICE) <= REFUSALS.keys()


def test_every_code_that_botocore_takes_for_throttling_passes_but_for_a_quota():
    from botocore.retries.standard import ThrottledRetryableChecker, TransientRetryableChecker

    codes = {*ThrottledRetryableChecker._THROTTLED_ERROR_CODES, *TransientRetryableChecker._TRANSIENT_ERROR_CODES}
    assert {code for code in codes if not refused("Asking", answer(code)).passing} == {"LimitExceededException"}


@pytest.mark.parametrize("code", REFUSALS)
def test_no_refusal_passes_and_waits_for_a_person_at_once(code):
    error = refused("Asking", answer(code, ""))
    assert is_plain(error)
    assert not (error.passing and error.needs_sign_in)


def test_the_number_of_the_request_is_told_where_support_asks_for_it_and_kept_always():
    assert refused("Asking", answer("InternalFailure")).message.endswith("(InternalFailure, request REQ-1).")
    assert "REQ-1" not in refused("Asking", answer("ConflictException")).message
    assert refused("Asking", {"Error": {"Code": "InternalFailure"}}).message.endswith("(InternalFailure).")


@pytest.mark.parametrize(("status", "passing"), [(400, False), (403, False), (429, True), (500, True), (503, True)])
def test_an_unknown_code_is_judged_by_its_status(status, passing):
    error = refused("Asking", answer("SomethingNew", status=status))
    assert is_plain(error)
    assert error.code == "SomethingNew"
    assert error.passing is passing
    assert not error.needs_sign_in


def test_what_amazon_says_stays_in_one_line():
    assert refused("Asking", answer("Odd", "one\n two.")).message == "Asking was refused: one two (Odd)."
    assert refused("Asking", answer("Odd", "")).message == "Asking was refused (Odd)."
    assert refused("Asking", {}).message == "Asking was refused (unknown)."


def raised(name):
    """Return an exception of botocore without its arguments, as only its class counts."""
    from botocore import exceptions

    return getattr(exceptions, name).__new__(getattr(exceptions, name))


EXPIRED = (
    "UnauthorizedSSOTokenError", "SSOTokenLoadError", "TokenRetrievalError", "LoginRefreshRequired",
    "CredentialRetrievalError", "NoCredentialsError", "PartialCredentialsError",
)  # fmt: skip


@pytest.mark.parametrize("name", SIGN_IN)
def test_without_a_sign_in_the_command_that_mends_it_is_named(name):
    error = failed("Asking", raised(name), Connection(profile="work", is_offline=False))
    assert is_plain(error)
    assert error.message == "Nobody is signed in to AWS as “work” (Asking)."
    assert error.needs_sign_in
    assert not error.passing
    assert "{" not in error.advice


def test_every_expired_sign_in_of_the_facts_is_known():
    assert set(EXPIRED) <= SIGN_IN.keys()
    sso = failed("Asking", raised("UnauthorizedSSOTokenError"), Connection(profile="work", is_offline=False))
    assert "aws sso login --profile work" in sso.advice
    login = failed("Asking", raised("LoginRefreshRequired"), Connection(is_offline=False))
    assert "aws login --profile default" in login.advice


@pytest.mark.parametrize("name", sorted(UNREACHABLE))
def test_what_is_out_of_reach_passes(name):
    error = failed("Asking", raised(name), Connection(is_offline=False))
    assert is_plain(error)
    assert error.passing
    assert not error.needs_sign_in


@pytest.mark.parametrize("name", [*SETTINGS, "ParamValidationError"])
def test_a_setting_that_cannot_be_is_told_with_what_to_do(name):
    error = failed("Asking", raised(name), Connection(is_offline=False))
    assert is_plain(error)
    assert not error.needs_sign_in
    assert error.passing is ("Checksum" in name)


def test_no_trouble_of_botocores_sign_in_is_forgotten():
    from botocore import exceptions

    words = ("Credential", "Token", "SSO", "Login", "Profile", "MFA", "Metadata")
    named = {name for name in vars(exceptions) if name.endswith(("Error", "Required", "NotFound", "Permissions"))}
    assert {name for name in named if any(word in name for word in words)} - SIGN_IN.keys() == set()
