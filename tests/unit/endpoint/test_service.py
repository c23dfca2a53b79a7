"""TranslateText, ListLanguages, and what is not offered."""


def ask(world, **change):
    request = {"Text": "One", "SourceLanguageCode": "en", "TargetLanguageCode": "zh"}
    return world.call("TranslateText", **request | change)


def test_a_text_is_translated(world):
    assert ask(world, Text='one <span translate="no">two</span>') == {
        "TranslatedText": 'ONE <span translate="no">two</span>',
        "SourceLanguageCode": "en",
        "TargetLanguageCode": "zh",
    }
    assert ask(world, Settings={"Formality": "FORMAL"})["AppliedSettings"] == {"Formality": "FORMAL"}


def test_the_source_language_can_be_told_by_the_text(world):
    assert (
        ask(world, Text="这是一句话。", SourceLanguageCode="auto", TargetLanguageCode="en")["SourceLanguageCode"]
        == "zh"
    )
    assert ask(world, SourceLanguageCode="auto")["SourceLanguageCode"] == "en"


def test_the_limit_is_in_bytes(world):
    request = {"SourceLanguageCode": "zh", "TargetLanguageCode": "en"}
    assert world.call("TranslateText", Text="字" * 3333, **request)
    assert world.code("TranslateText", Text="字" * 3334, **request) == "TextSizeLimitExceededException"
    assert world.code("TranslateText", Text="a" * 20_000, **request) == "TextSizeLimitExceededException"


def test_what_cannot_be_translated(world):
    request = {"Text": "One", "SourceLanguageCode": "en", "TargetLanguageCode": "zh"}
    for change, code in [
        ({"TargetLanguageCode": "xx"}, "UnsupportedLanguagePairException"),
        ({"SourceLanguageCode": "zh-CN"}, "UnsupportedLanguagePairException"),
        ({"TerminologyNames": ["terms"]}, "ResourceNotFoundException"),
        ({"Text": ""}, "ValidationException"),
    ]:
        assert world.code("TranslateText", **request | change) == code


def test_languages_come_in_pages(world):
    everything = world.call("ListLanguages")
    codes = [entry["LanguageCode"] for entry in everything["Languages"]]
    assert {"LanguageCode": "zh", "LanguageName": "Chinese (Simplified)"} in everything["Languages"]
    assert {"auto", "en", "zh-TW", "es-MX", "pt-PT"} <= set(codes)
    found, token = [], None
    while True:
        answer = world.call("ListLanguages", MaxResults=20, **({"NextToken": token} if token else {}))
        found += [entry["LanguageCode"] for entry in answer["Languages"]]
        token = answer.get("NextToken")
        if not token:
            break
    assert found == codes
    assert world.code("ListLanguages", DisplayLanguageCode="de") == "UnsupportedDisplayLanguageCodeException"


def test_other_operations_are_refused_in_a_sentence(world):
    assert world.code("ListTerminologies") == "InvalidRequestException"
