import os

from autolift_device.checkout.git_objects import SMALL, GitObjects
from autolift_device.checkout.large_files import LargeFiles
from autolift_device.checkout.materialise import Origin
from autolift_device.checkout.pin import evaluator_hash
from conftest import Repository, evaluator_for


def test_the_hash_is_that_of_the_files_in_git(repository: Repository) -> None:
    (repository.folder / "link").symlink_to("evaluate.py")
    files = {"evaluate.py": "1", "train.py": "2", "data/val.bin": os.urandom(SMALL + 1), "a b.txt": "3"}
    commit = repository.commit(files)
    objects = GitObjects(repository.folder / ".git")
    origins = [Origin(entry, objects) for entry in objects.entries(commit, "")]
    large = repository.folder.parent / "large"
    large.mkdir()
    found = evaluator_hash("python3 evaluate.py", origins, ["train.py"], LargeFiles(large))
    assert found == evaluator_for(repository, commit, "python3 evaluate.py", ["train.py"])["hash"]
    objects.close()
