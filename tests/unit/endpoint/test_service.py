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


def test_settings_apply_where_the_language_knows_them(world):
    every = {"Formality": "FORMAL", "Profanity": "MASK", "Brevity": "ON"}
    assert ask(world, Settings=every, TargetLanguageCode="es")["AppliedSettings"] == every
    assert ask(world, Settings=every)["AppliedSettings"] == {"Profanity": "MASK", "Brevity": "ON"}
    assert "AppliedSettings" not in ask(world, Settings={"Profanity": "MASK"}, TargetLanguageCode="hi")


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


def document(world, content=b"One", content_type="text/plain", **change):
    request = {"SourceLanguageCode": "en", "TargetLanguageCode": "es", **change}
    return {"Document": {"Content": content, "ContentType": content_type}, **request}


def test_a_document_is_translated_at_once(world):
    answer = world.call("TranslateDocument", **document(world, b"<html><p>one</p></html>", "text/html"))
    assert answer["TranslatedDocument"]["Content"] == b"<html><p>ONE</p></html>"
    assert (answer["SourceLanguageCode"], answer["TargetLanguageCode"]) == ("en", "es")


def test_which_documents_are_refused(world):
    for change, code in [
        ({"SourceLanguageCode": "zh"}, "UnsupportedLanguagePairException"),
        ({"TargetLanguageCode": "xx"}, "UnsupportedLanguagePairException"),
        ({"Settings": {"Brevity": "ON"}}, "InvalidRequestException"),
        ({"TargetLanguageCode": "zh", "Settings": {"Formality": "FORMAL"}}, "InvalidRequestException"),
        ({"content_type": "image/png"}, "InvalidRequestException"),
        ({"content": b"x" * 100_001}, "LimitExceededException"),
        ({"content": b"\xff"}, "InvalidRequestException"),
        ({"content": b"x" * 200_000}, "ValidationException"),
    ]:
        assert world.code("TranslateDocument", **document(world, **change)) == code
    assert world.call("TranslateDocument", **document(world, content=b"x" * 100_000))
