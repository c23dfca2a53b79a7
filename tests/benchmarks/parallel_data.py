"""A million pairs from the project to the local endpoint: gathered, checked, written as TMX and uploaded.

python -m tests.benchmarks.parallel_data [PAIRS] [KIND]

The client runs in a process of its own, so that its peak of memory is its own. Prints the seconds of every step, the
size of the file and the peak in MB; exit 1 when it is over 200.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 200
"""MB that the client may take."""
_CHAPTER = 10_000
_ENGLISH = "The {0}th sentence says something about attention, tensors and gradients in a few words."
_CHINESE = "第{0}句话用几个词谈到注意力、张量和梯度，也许还有别的什么。"


def build(path, count):
    """Make a project of chapters of ten thousand beads; every hundredth sentence comes again."""
    from amts_desk.core.alignment import Bead, Sentence
    from amts_desk.core.splice import Splice
    from amts_desk.steps.read.files import read_document
    from amts_desk.store.project import Project

    with Project.open(path, create=True) as project:
        for first in range(0, count, _CHAPTER):
            beads = tuple(
                Bead((Sentence(i, i // 3, _ENGLISH.format(n)),), (Sentence(i, i // 3, _CHINESE.format(n)),))
                for i, n in ((i, first + i - (1 if i % 100 == 99 else 0)) for i in range(min(_CHAPTER, count - first)))
            )
            documents = (read_document(f"{first}.md", b"# x\n", code) for code in ("en", "zh"))
            chapter = project.chapters.add(f"chapter-{first // _CHAPTER:03d}", *documents)
            project.tracks.splice(project.tracks.alignment(chapter), Splice(0, (), beads), "Align")


def client(path, kind):
    """Prepare, write and upload the pairs of a project in this process; prints a JSON object."""
    from amts_desk.core.amazon import Connection
    from amts_desk.core.pairs import PairFormat
    from amts_desk.flows import pushing
    from amts_desk.flows.connecting import Line
    from amts_desk.steps.parallel_data.filters import Filters
    from amts_desk.store.project import Project

    seconds, peaks = {}, {}

    def timed(name, do):
        began = time.perf_counter()
        result = do()
        seconds[name] = round(time.perf_counter() - began, 1)
        peaks[name] = peak()
        return result

    with (
        tempfile.TemporaryDirectory() as folder,
        Project.open(path) as project,
        Line(Connection(), Path(folder)) as line,
    ):
        cloud = line.open()
        peaks["start"] = peak()
        chapters = tuple(project.chapters.all())
        filters = Filters(usual_length=True, check_language=True)
        selection = pushing.Selection(chapters, "sentence", "en", "zh", filters=filters)
        prepared = timed("check", lambda: pushing.prepare(project, selection, kind=PairFormat(kind)))
        name = pushing.default_name(project, selection)
        version = timed("write and upload", lambda: pushing.write_down(project, cloud, name, prepared))
        again = timed("the same again", lambda: pushing.write_down(project, cloud, name, prepared))
        assert again == version
        head = cloud.s3.head_object(Bucket=cloud.connection.bucket, Key=version.uri.split("/", 3)[3])
    counts = {"sent": prepared.sent, "skipped": prepared.skipped, "bytes": head["ContentLength"]}
    print(json.dumps({**counts, "seconds": seconds, "peaks": peaks}))


def peak():
    """Return the most memory this process ever had, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def main(count=1_000_000, kind="TMX"):
    """Build, run the client, print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "million.amts"
        began = time.perf_counter()
        build(path, count)
        print(f"project of {count:,} beads made in {time.perf_counter() - began:.0f} s, {path.stat().st_size:,} bytes")
        command = [sys.executable, "-m", "tests.benchmarks.parallel_data", "client", str(path), kind]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{told['sent']:,} pairs sent, {told['skipped']:,} skipped, file of {told['bytes']:,} bytes")
    for name, seconds in told["seconds"].items():
        print(f"{name:18} {seconds:8.1f} s   peak {told['peaks'][name]:4} MB")
    highest = max(told["peaks"].values())
    print(f"peak {highest} MB of {LIMIT} (at the start {told['peaks']['start']})")
    return 0 if highest <= LIMIT else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["client"]:
        client(Path(sys.argv[2]), sys.argv[3])
    else:
        sys.exit(main(*(int(word) if word.isdecimal() else word for word in sys.argv[1:])))
