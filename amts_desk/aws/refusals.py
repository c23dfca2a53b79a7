"""What Amazon's error codes mean, and what to do about each.

Sources: the Amazon Translate API reference (2017-07-01), "Common errors" of the AWS API references, "Error responses"
of the Amazon S3 API reference, and the codes that botocore retries (botocore.retries.standard). A HEAD request of S3
has no body: there the code is the HTTP status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amts_desk.core.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a code means, as the end of "… was refused, since", what to do, and who can mend it.

    `passing`: time alone. `needs_sign_in`: a person who signs in again. `for_support`: Amazon, who asks for the number
    of the request.
    """

    since: str
    advice: str
    passing: bool = False
    needs_sign_in: bool = False
    for_support: bool = False


_SIGN_IN = "Sign in again and repeat it."
_PROFILE = "Check the keys of the profile, or choose another profile."
_CLOCK = "Set this computer's clock right and repeat it."
_REPEAT = "Wait a little and repeat it."
_PERMISSION = "Ask whoever manages the account for the permission that is named."
_BUCKET_PERMISSION = "Ask whoever manages the account for access to the bucket; “Check connection” shows the policy."
_SETTING = "Correct what it names and repeat it."
_BUCKET_REGION = "Choose the bucket's own Region in the connection, or a bucket in this Region."
_BUCKET_NAME = "Check the bucket's name in the connection."
_AGAIN_FROM_DISK = "Repeat it; should it happen again, look whether the network changes what passes through it."
_KEY_OWNER = "Ask whoever manages the encryption key."

_BUSY = Refusal("Amazon takes no more calls at this moment", _REPEAT, passing=True)
_FAULT = Refusal(
    "Amazon had a fault of its own",
    "Wait a little and repeat it; should it stay, give the number of the request to AWS Support.",
    passing=True,
    for_support=True,
)
_EXPIRED = Refusal("the sign-in has expired", _SIGN_IN, needs_sign_in=True)
_KEYS = Refusal("the keys are not valid there", _PROFILE, needs_sign_in=True)
_SIGNATURE = Refusal("the signature does not fit: wrong keys, or a clock that is wrong", f"{_CLOCK} {_PROFILE}")
_CLOCK_WRONG = Refusal("this computer's clock is not Amazon's", _CLOCK)
_OTHER_REGION = Refusal("the bucket is in another Region", _BUCKET_REGION)
_DAMAGED = Refusal("what arrived is not what was sent", _AGAIN_FROM_DISK, passing=True)
_NO_BUCKET_ACCESS = Refusal("the profile may not do this with the bucket", _BUCKET_PERMISSION)
_MAY_NOT = Refusal("the profile may not do this", _PERMISSION)
_INVALID = Refusal("Amazon does not take one of the values", _SETTING)

REFUSALS: Mapping[str, Refusal] = {
    # Amazon Translate
    "ConcurrentModificationException": Refusal(
        "another change is still running",
        "Amazon takes one parallel data at a time: wait until the other is ready.",
        passing=True,
    ),
    "ConflictException": Refusal("there is one of that name", "Choose another name, or update what is there."),
    "DetectedLanguageLowConfidenceException": Refusal(
        "the language of the text could not be told", "Name the source language."
    ),
    "InternalServerException": _FAULT,
    "InvalidFilterException": Refusal("the list cannot be narrowed like that", "List everything instead."),
    "InvalidParameterValueException": _INVALID,
    "InvalidRequestException": Refusal("Amazon cannot use the request as it is", _SETTING),
    "LimitExceededException": Refusal(
        "a limit of the account is reached",
        "Wait until other work of the account has ended, or ask Amazon for a higher limit.",
    ),
    "ResourceNotFoundException": Refusal("it is not there", "Check the name and the Region."),
    "ServiceUnavailableException": _FAULT,
    "TextSizeLimitExceededException": Refusal("the text is too long", "Send a shorter text."),
    "TooManyRequestsException": _BUSY,
    "TooManyTagsException": Refusal("it has too many tags", "Use at most 50 tags."),
    "UnsupportedDisplayLanguageCodeException": Refusal(
        "names of languages are not given in that language", "Ask for them in English."
    ),
    "UnsupportedLanguagePairException": Refusal(
        "Amazon Translate does not translate between these languages", "Choose another source or target language."
    ),
    # Every service
    "AccessDeniedException": _MAY_NOT,
    "AuthFailure": _KEYS,
    "BandwidthLimitExceeded": _BUSY,
    "EC2ThrottledException": _BUSY,
    "ExpiredToken": _EXPIRED,
    "ExpiredTokenException": _EXPIRED,
    "IncompleteSignature": _SIGNATURE,
    "InternalError": _FAULT,
    "InternalFailure": _FAULT,
    "InvalidAccessKeyId": _KEYS,
    "InvalidAction": Refusal("the endpoint does not know this operation", "Check the address of the endpoint."),
    "InvalidClientTokenId": _KEYS,
    "InvalidSignatureException": _SIGNATURE,
    "MissingAuthenticationToken": _EXPIRED,
    "MissingAuthenticationTokenException": _EXPIRED,
    "NotAuthorizedException": Refusal(
        "the account may not call it in this Region",
        "Not every Region offers batch jobs: choose us-east-1, us-west-2 or eu-west-1.",
    ),
    "OptInRequired": Refusal(
        "the account has not opened this Region or service", "Ask whoever manages the account to open it."
    ),
    "PriorRequestNotComplete": _BUSY,
    "ProvisionedThroughputExceededException": _BUSY,
    "RateExceeded": _BUSY,
    "RegionDisabledException": Refusal(
        "the account may not sign in for this Region", "Choose another Region, or ask whoever manages the account."
    ),
    "RequestExpired": _CLOCK_WRONG,
    "RequestLimitExceeded": _BUSY,
    "RequestThrottled": _BUSY,
    "RequestThrottledException": _BUSY,
    "RequestTimeoutException": _BUSY,
    "SerializationException": Refusal("the endpoint could not read the call", "Check the address of the endpoint."),
    "ServiceUnavailable": _FAULT,
    "SubscriptionRequiredException": Refusal(
        "the account is not signed up for this service", "Ask whoever manages the account to finish signing up."
    ),
    "ThrottledException": _BUSY,
    "Throttling": _BUSY,
    "ThrottlingException": _BUSY,
    "TransactionInProgressException": _BUSY,
    "UnknownOperationException": Refusal(
        "the endpoint does not know this operation", "Check the address of the endpoint."
    ),
    "UnrecognizedClientException": _KEYS,
    "ValidationError": _INVALID,
    "ValidationException": _INVALID,
    # Amazon S3
    "400": Refusal("S3 cannot use the request as it is", "Check bucket, Region and sign-in with “Check connection”."),
    "301": _OTHER_REGION,
    "403": _NO_BUCKET_ACCESS,
    "404": Refusal("the bucket or the file is not there", _BUCKET_NAME),
    "412": Refusal("the file has changed meanwhile", "Repeat it."),
    "AccessDenied": _NO_BUCKET_ACCESS,
    "AccountProblem": Refusal("there is a problem with the account", "Ask whoever manages the account."),
    "AllAccessDisabled": Refusal("all access to the bucket is switched off", "Ask whoever manages the account."),
    "AuthorizationHeaderMalformed": _OTHER_REGION,
    "BadDigest": _DAMAGED,
    "EntityTooLarge": Refusal("the file is too large", "Send fewer chapters at once."),
    "IllegalLocationConstraintException": _OTHER_REGION,
    "IncorrectEndpoint": _OTHER_REGION,
    "InvalidBucketName": Refusal("this cannot be the name of a bucket", _BUCKET_NAME),
    "InvalidDigest": _DAMAGED,
    "InvalidObjectState": Refusal(
        "the file lies in an archive",
        "Restore it in the S3 console, and let the bucket's rules leave this folder alone.",
    ),
    "InvalidToken": _EXPIRED,
    "KMS.DisabledException": Refusal("the encryption key is switched off", _KEY_OWNER),
    "KMS.KMSInvalidStateException": Refusal("the encryption key cannot be used now", _KEY_OWNER),
    "KMS.NotFoundException": Refusal("the encryption key is not there", _KEY_OWNER),
    "KeyTooLongError": Refusal("the name is too long", "Use a shorter folder in the bucket."),
    "MethodNotAllowed": _NO_BUCKET_ACCESS,
    "NoSuchBucket": Refusal("there is no such bucket", _BUCKET_NAME),
    "NoSuchKey": Refusal("there is no such file", "Look whether somebody has deleted it from the bucket."),
    "NoSuchUpload": Refusal("the upload was ended by somebody else", "Repeat it."),
    "OperationAborted": Refusal("another change is still running", _REPEAT, passing=True),
    "PermanentRedirect": _OTHER_REGION,
    "PreconditionFailed": Refusal("the file has changed meanwhile", "Repeat it."),
    "RequestTimeTooSkewed": _CLOCK_WRONG,
    "RequestTimeout": _BUSY,
    "SignatureDoesNotMatch": _SIGNATURE,
    "SlowDown": _BUSY,
    "TemporaryRedirect": _BUSY,
    "TokenRefreshRequired": _EXPIRED,
    "XAmzContentChecksumMismatch": _DAMAGED,
    "XAmzContentSHA256Mismatch": _DAMAGED,
    # Identity and Access Management
    "NoSuchEntity": Refusal("there is no such role", "Check the role's ARN in the connection."),
    "ServiceFailure": _FAULT,
}
"""Every code that is known, by its exact spelling."""
_UNKNOWN = Refusal("", _SETTING)


def refused(what: str, response: Mapping[str, Any]) -> ServiceError:
    """Return the error for botocore's `response` (ClientError.response) to the call that attempted `what`."""
    error, metadata = response.get("Error", {}), response.get("ResponseMetadata", {})
    code = str(error.get("Code", "unknown"))
    request_id = str(metadata.get("RequestId", ""))
    known = REFUSALS.get(code) or _unknown(metadata.get("HTTPStatusCode", 0))
    words = " ".join(str(error.get("Message", "")).split()).rstrip(".")
    since = f", since {known.since}" if known.since else ""
    number = f", request {request_id}" if known.for_support and request_id else ""
    said = f": {words}" if words else ""
    return ServiceError(
        f"{what} was refused{since}{said} ({code}{number}).",
        known.advice,
        code,
        passing=known.passing,
        needs_sign_in=known.needs_sign_in,
        request_id=request_id,
    )


def _unknown(status: int) -> Refusal:
    """Return what the HTTP status alone tells: 429 and 5xx pass (RFC 9110 §15.6, RFC 6585 §4)."""
    if status == 429:
        return _BUSY
    return _FAULT if status >= 500 else _UNKNOWN
