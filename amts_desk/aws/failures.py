"""What keeps a call from reaching Amazon: no sign-in, no network, a setting that cannot be; each with what to do.

Names are those of the classes in botocore.exceptions.
"""

from __future__ import annotations

from collections.abc import Mapping

from amts_desk.core.amazon import Connection
from amts_desk.core.errors import ServiceError

UNREACHABLE = frozenset({
    "ConnectTimeoutError", "ConnectionClosedError", "ConnectionError", "EndpointConnectionError", "HTTPClientError",
    "IncompleteReadError", "ProxyConnectionError", "ReadTimeoutError", "ResponseStreamingError",
})  # fmt: skip
"""The network, or the other side, is away for now."""

_SSO = "Sign in with “aws sso login --profile {profile}”, or choose another profile."
_LOGIN = "Sign in with “aws login --profile {profile}”, or choose another profile."
_CHOOSE = "Choose a profile that is set up on this computer; “aws configure sso” makes one."
SIGN_IN: Mapping[str, str] = {
    "CredentialRetrievalError": "The program or role that the profile names gives no keys: sign in there again, "
    "with “aws sso login --profile {profile}” if the profile uses SSO.",
    "InfiniteLoopConfigError": "The profile takes its keys from itself: correct source_profile in ~/.aws/config.",
    "LoginAuthorizationCodeError": _LOGIN,
    "LoginError": _LOGIN,
    "LoginInsufficientPermissions": "Ask whoever manages the account for the permission signin:CreateOAuth2Token.",
    "LoginRefreshRequired": _LOGIN,
    "LoginTokenLoadError": _LOGIN,
    "MetadataRetrievalError": "The service that gives this computer its keys does not answer: choose another profile.",
    "NoAuthTokenError": _SSO,
    "NoCredentialsError": f"{_SSO} {_CHOOSE}",
    "PartialCredentialsError": "The profile has only one of its two keys: complete it, or choose another profile.",
    "ProfileNotFound": f"{_CHOOSE} Should it be there, sign in with “aws sso login --profile {{profile}}”.",
    "RefreshWithMFAUnsupportedError": "The profile asks for a code that only a terminal can take: sign in there, "
    "or choose a profile with SSO.",
    "SSOError": _SSO,
    "SSOTokenLoadError": _SSO,
    "TokenRetrievalError": _SSO,
    "UnauthorizedSSOTokenError": _SSO,
    "UnknownCredentialError": "The profile takes its keys from a place this program does not know: choose another one.",
    "UnknownTokenProviderError": _SSO,
}
"""Nobody is signed in (any more): what to do, by the name of the error."""
SETTINGS: Mapping[str, str] = {
    "ChecksumError": "Repeat it: what arrived is not what was sent.",
    "ConfigNotFound": "The variable AWS_CONFIG_FILE names a file that is not there: correct it.",
    "ConfigParseError": "Correct the file in ~/.aws that is named.",
    "FlexibleChecksumError": "Repeat it: what arrived is not what was sent.",
    "InvalidRegionError": "Write the Region like us-west-2.",
    "MissingDependencyException": "Profiles of “aws login” need awscrt: pip install “botocore[crt]”, or use SSO.",
    "NoRegionError": "Name a Region in the connection, for example us-west-2.",
    "SSLError": "A proxy may stand between you and Amazon: name its certificate in AWS_CA_BUNDLE.",
}
_PASSING = frozenset({"ChecksumError", "FlexibleChecksumError"})


def failed(what: str, error: Exception, connection: Connection) -> ServiceError:
    """Return the error for a botocore exception that kept the call which attempted `what` from being answered."""
    name = type(error).__name__
    if name in UNREACHABLE:
        where = "The local endpoint of offline practice" if connection.is_offline else "Amazon"
        advice = "Repeat it: the endpoint is started again." if connection.is_offline else "Check the network."
        return ServiceError(f"{where} could not be reached ({what}).", advice, name, passing=True)
    advice = SIGN_IN.get(name, "")
    if advice:
        profile = connection.profile or "default"
        return ServiceError(
            f"Nobody is signed in to AWS as “{profile}” ({what}).",
            advice.format(profile=profile),
            name,
            needs_sign_in=True,
        )
    reason = " ".join(str(error).split()).rstrip(".")
    advice = SETTINGS.get(name, "Check the connection's settings.")
    return ServiceError(f"{what} failed: {reason}.", advice, name, passing=name in _PASSING)
