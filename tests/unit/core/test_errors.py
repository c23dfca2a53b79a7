"""Errors that can be expected are one sentence and one advice."""

from amts_desk.core.errors import Cancelled, DeskError, ServiceError, SpliceError


def test_an_error_reads_as_message_and_advice():
    assert str(DeskError("It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(DeskError("It broke.")) == "It broke."


def test_a_service_error_carries_its_code_and_whether_it_passes():
    error = ServiceError("Refused.", "Wait.", "SlowDown", passing=True)
    assert (error.message, error.advice, error.code, error.passing) == ("Refused.", "Wait.", "SlowDown", True)
    assert not ServiceError("Refused.").passing


def test_stopping_is_no_error_of_the_program():
    assert issubclass(SpliceError, DeskError)
    assert not issubclass(Cancelled, DeskError)
