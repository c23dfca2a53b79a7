"""The life cycle of parallel data, in a small world."""

import json

from amts_desk.endpoint import parallel_data

TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>One</seg></tuv>'
    '<tuv xml:lang="zh"><seg>一</seg></tuv></tu></body></tmx>'
)
BUCKET = "aws-translate-parallel-data-123456789012-us-east-1"


def test_create_answers_at_once_and_becomes_active(world):
    assert world.create(Description="notes") == {"Name": "book", "Status": "CREATING"}
    assert world.properties()["Status"] == "CREATING"
    assert "ImportedRecordCount" not in world.properties()
    world.tick()
    told = world.properties()
    assert told["Status"] == "ACTIVE"
    assert told["Arn"] == "arn:aws:translate:us-east-1:123456789012:parallel-data/book"
    assert (told["SourceLanguageCode"], told["TargetLanguageCodes"]) == ("en", ["zh"])
    counts = ("ImportedRecordCount", "SkippedRecordCount", "FailedRecordCount", "ImportedDataSize")
    assert [told[count] for count in counts] == [1, 0, 0, 4]
    assert told["Description"] == "notes"
    assert (told["LastUpdatedAt"] - told["CreatedAt"]).total_seconds() == 1
    assert "LatestUpdateAttemptStatus" not in told


def test_tmx_and_tsv_are_taken_too(world):
    world.create("a", TMX, "TMX")
    world.tick()
    world.create("b", "en\tzh\nOne\t一\n", "TSV")
    world.tick()
    assert [world.properties(name)["ImportedRecordCount"] for name in "ab"] == [1, 1]


def test_the_input_and_the_error_file_can_be_fetched(world):
    world.create(text="en,zh\nOne,一\n=two,二\n,三\n")
    world.tick()
    answer = world.call("GetParallelData", Name="book")
    data, errors = (answer[m]["Location"] for m in ("DataLocation", "AuxiliaryDataLocation"))
    assert answer["DataLocation"]["RepositoryType"] == "S3"
    fetch = lambda link: world.cloud.read(BUCKET, link.removeprefix(f"link:{BUCKET}/"))  # noqa: E731
    assert fetch(data).startswith(b"en,zh\nOne")
    assert json.loads(fetch(errors))["summary"] == {"record_error_count": 1, "record_skipped_count": 1}


def test_a_clean_file_has_no_error_file(world):
    world.create()
    world.tick()
    assert "AuxiliaryDataLocation" not in world.call("GetParallelData", Name="book")


def test_a_file_that_cannot_be_read_fails_the_resource(world):
    for name, text, form, said in [
        ("latin", b"en,zh\n\xe9,x\n", "CSV", "UTF-8"),
        ("header", "One,一\n", "CSV", "language code"),
        ("xml", "<tmx>", "TMX", "well-formed"),
    ]:
        world.create(name, text, form)
        world.tick()
        assert world.properties(name)["Status"] == "FAILED"
        assert said in world.properties(name)["Message"]
        assert "AuxiliaryDataLocation" in world.call("GetParallelData", Name=name)
        assert "DataLocation" not in world.call("GetParallelData", Name=name)


def test_a_missing_object_fails_the_resource(world):
    config = {"S3Uri": "s3://desk/nowhere.csv", "Format": "CSV"}
    world.call("CreateParallelData", Name="book", ParallelDataConfig=config, ClientToken="t")
    world.tick()
    assert "s3://desk/nowhere.csv" in world.properties()["Message"]


def test_a_name_is_taken_once(world):
    world.create()
    world.tick()
    config = {"S3Uri": "s3://desk/pd/book", "Format": "CSV"}
    request = {"Name": "book", "ParallelDataConfig": config}
    assert world.code("CreateParallelData", **request, ClientToken="another") == "ConflictException"


def test_one_create_or_update_runs_at_a_time(world):
    world.create("first")
    config = {"S3Uri": "s3://desk/pd/first", "Format": "CSV"}
    second = {"Name": "second", "ParallelDataConfig": config, "ClientToken": "2"}
    update = {"Name": "first", "ParallelDataConfig": config, "ClientToken": "3"}
    for operation, request in [("CreateParallelData", second), ("UpdateParallelData", update)]:
        assert world.code(operation, **request) == "ConcurrentModificationException"
    assert world.code("DeleteParallelData", Name="first") == "ConcurrentModificationException"
    world.tick()
    world.call("DeleteParallelData", Name="first")
    assert world.code("UpdateParallelData", **update) == "ConcurrentModificationException"
    world.tick()
    world.create("first", ClientToken="again")
    world.tick()
    world.call("UpdateParallelData", **update)
    assert world.code("CreateParallelData", **second) == "ConcurrentModificationException"
    world.tick()
    assert world.call("CreateParallelData", **second)["Status"] == "CREATING"


def test_uri_and_format_are_needed_although_the_model_lets_them_out(world):
    request = {"Name": "book", "ParallelDataConfig": {"Format": "CSV"}, "ClientToken": "t"}
    assert world.code("CreateParallelData", **request) == "InvalidParameterValueException"


def test_an_update_replaces_and_the_old_version_serves_until_then(world):
    world.create(text="en,zh\nOne,一\nTwo,二\n", Description="old")
    world.tick()
    world.put("pd/new", "en,es\nThree,Tres\n")
    config = {"S3Uri": "s3://desk/pd/new", "Format": "CSV"}
    answer = world.call(
        "UpdateParallelData", Name="book", ParallelDataConfig=config, Description="new", ClientToken="u"
    )
    assert (answer["Status"], answer["LatestUpdateAttemptStatus"]) == ("ACTIVE", "UPDATING")
    during = world.properties()
    assert (during["Status"], during["LatestUpdateAttemptStatus"]) == ("ACTIVE", "UPDATING")
    assert (during["TargetLanguageCodes"], during["Description"]) == (["zh"], "old")
    world.tick()
    done = world.properties()
    assert (done["Status"], done["LatestUpdateAttemptStatus"]) == ("ACTIVE", "ACTIVE")
    assert (done["TargetLanguageCodes"], done["ImportedRecordCount"], done["Description"]) == (["es"], 1, "new")
    assert done["ParallelDataConfig"] == config
    kept = [key.rpartition("/")[2] for key in world.cloud.names(BUCKET, "book/")]
    assert kept == ["examples.es.jsonl", "new"]  # the old input is gone


def test_an_update_that_fails_leaves_the_old_version_in_use(world):
    world.create()
    world.tick()
    config = {"S3Uri": "s3://desk/nowhere", "Format": "TMX"}
    world.call("UpdateParallelData", Name="book", ParallelDataConfig=config, ClientToken="u")
    world.tick()
    told = world.properties()
    assert (told["Status"], told["LatestUpdateAttemptStatus"]) == ("ACTIVE", "FAILED")
    assert told["ImportedRecordCount"] == 1
    answer = world.call("GetParallelData", Name="book")
    assert "LatestUpdateAttemptAuxiliaryDataLocation" in answer
    assert "DataLocation" in answer
    world.put("in/a.txt", "One")
    number = world.start(ParallelDataNames=["book"])
    world.settle()
    assert world.output(number)["zh.a.txt"].decode() == "一"


def test_an_update_can_mend_a_failed_resource(world):
    world.create(text="nonsense")
    world.tick()
    world.put("pd/good", "en,zh\nOne,一\n")
    config = {"S3Uri": "s3://desk/pd/good", "Format": "CSV"}
    world.call("UpdateParallelData", Name="book", ParallelDataConfig=config, ClientToken="u")
    world.tick()
    told = world.properties()
    assert (told["Status"], told.get("Message")) == ("ACTIVE", None)
    assert "AuxiliaryDataLocation" not in world.call("GetParallelData", Name="book")


def test_delete_takes_a_moment_and_everything_with_it(world):
    world.create()
    world.tick()
    assert world.call("DeleteParallelData", Name="book") == {"Name": "book", "Status": "DELETING"}
    assert world.properties()["Status"] == "DELETING"
    world.tick()
    assert world.code("GetParallelData", Name="book") == "ResourceNotFoundException"
    assert world.cloud.names(BUCKET, "") == []
    assert world.code("DeleteParallelData", Name="book") == "ResourceNotFoundException"


def test_the_list_comes_in_pages(world):
    for name in ("c", "a", "b"):
        world.create(name)
        world.tick()
    first = world.call("ListParallelData", MaxResults=2)
    assert [p["Name"] for p in first["ParallelDataPropertiesList"]] == ["a", "b"]
    second = world.call("ListParallelData", MaxResults=2, NextToken=first["NextToken"])
    assert [p["Name"] for p in second["ParallelDataPropertiesList"]] == ["c"]
    assert "NextToken" not in second
    assert world.code("ListParallelData", NextToken="none of yours") == "InvalidParameterValueException"


def test_the_same_token_creates_once_and_another_request_under_it_is_refused(world):
    first = world.create()
    assert world.create() == first
    assert len(world.waiting) == 1
    assert world.code(
        "CreateParallelData", Name="x", ParallelDataConfig={"S3Uri": "s3://desk/x", "Format": "CSV"}, ClientToken="book"
    ) == "InvalidRequestException"  # fmt: skip


def test_every_change_is_kept_before_it_is_answered(world):
    world.create()
    assert world.kept[-1]["parallel_data"][0]["status"] == "CREATING"
    world.tick()
    assert world.kept[-1]["parallel_data"][0]["status"] == "ACTIVE"


def test_what_was_running_goes_on_after_a_restart(world):
    world.create()
    world.restart()
    assert world.properties()["Status"] == "CREATING"
    assert world.create() == {"Name": "book", "Status": "CREATING"}  # the token is still known
    world.settle()
    before = world.properties()
    assert before["Status"] == "ACTIVE"
    config = {"S3Uri": "s3://desk/pd/book", "Format": "CSV"}
    world.call("UpdateParallelData", Name="book", ParallelDataConfig=config, ClientToken="u")
    world.restart()
    assert world.properties()["LatestUpdateAttemptStatus"] == "UPDATING"
    world.settle()
    assert world.properties()["LatestUpdateAttemptStatus"] == "ACTIVE"
    world.call("DeleteParallelData", Name="book")
    world.restart()
    world.settle()
    assert world.code("GetParallelData", Name="book") == "ResourceNotFoundException"


def test_a_restart_changes_nothing_that_was_finished(world):
    world.create(EncryptionKey={"Type": "KMS", "Id": "alias/key"})
    world.tick()
    before = world.properties()
    world.restart()
    assert world.properties() == before
    assert world.waiting == []


def test_a_delete_holds_nobody_up(world):
    world.create("old")
    world.tick()
    world.call("DeleteParallelData", Name="old")
    assert world.create("new")["Status"] == "CREATING"
    config = {"S3Uri": "s3://desk/pd/old", "Format": "CSV"}
    again = {"Name": "old", "ParallelDataConfig": config, "ClientToken": "o"}
    assert world.code("CreateParallelData", **again) == "ConflictException"


def test_a_file_in_another_region_or_too_large_fails(world, monkeypatch):
    world.cloud.objects["far", "pd.csv"] = b"en,zh\nOne,\xe4\xb8\x80\n"
    config = {"S3Uri": "s3://far/pd.csv", "Format": "CSV"}
    world.call("CreateParallelData", Name="far", ParallelDataConfig=config, ClientToken="t")
    world.tick()
    assert world.properties("far")["Message"] == "The bucket far is in eu-west-1, not in us-east-1."
    monkeypatch.setattr(parallel_data, "LARGEST_FILE", 10)
    world.create("large")
    world.tick()
    assert "10 are allowed" in world.properties("large")["Message"]


def test_the_number_of_resources_has_a_limit(world, monkeypatch):
    monkeypatch.setattr(parallel_data, "MOST", 1)
    world.create("first")
    world.tick()
    config = {"S3Uri": "s3://desk/pd/first", "Format": "CSV"}
    request = {"Name": "second", "ParallelDataConfig": config, "ClientToken": "2"}
    assert world.code("CreateParallelData", **request) == "LimitExceededException"


def test_of_many_records_the_engine_learns_some_and_says_so(world, monkeypatch):
    monkeypatch.setattr(parallel_data, "REMEMBERED", 4)
    monkeypatch.setattr(parallel_data, "LEARNED", 3)
    rows = "".join(f"{number},{number}\n" for number in range(10))
    world.create(text=f"en,zh\n{rows}")
    world.tick()
    said = "Of the 10 records the offline practice engine knows 4 by heart and learns phrases from 3."
    assert (world.properties()["Message"], world.properties()["ImportedRecordCount"]) == (said, 10)
    world.put("in/a.txt", "One")
    number = world.start(ParallelDataNames=["book"])
    world.settle()
    assert world.job(number)["Message"] == said
    assert world.engine.asked[-1][2] == [(n, n) for n in ("0", "3", "5", "8")]


def test_data_of_an_older_version_is_still_read(world):
    """Its state says nothing of examples that stand beside the data."""
    world.create(text="en,zh\nOne,一\n")
    world.tick()
    for key in world.cloud.names(BUCKET, "book/"):
        if key.endswith(".jsonl"):
            del world.cloud.objects[BUCKET, key]
    del world.kept[-1]["parallel_data"][0]["is_sampled"]
    world.restart()
    world.put("in/a.txt", "One")
    number = world.start(ParallelDataNames=["book"])
    world.settle()
    assert world.output(number)["zh.a.txt"].decode() == "一"
