from autolift_device.sandbox.view import Rule, settle


def settled(*rules: Rule) -> list[tuple[str, str]]:
    return [(rule.path, rule.kind) for rule in settle(rules)]


def test_what_is_deeper_wins_whatever_the_order() -> None:
    rules = [Rule("/repo/.venv", "show"), Rule("/repo", "hide"), Rule("/repo/.venv/secret", "hide")]
    expected = [("/repo", "hide"), ("/repo/.venv", "show"), ("/repo/.venv/secret", "hide")]
    assert settled(*rules) == expected
    assert settled(*reversed(rules)) == expected


def test_rules_that_change_nothing_are_dropped() -> None:
    assert settled(Rule("/usr", "show"), Rule("/home", "hide"), Rule("/home/me/.ssh", "hide")) == [
        ("/home", "hide")
    ]


def test_a_scratch_folder_below_the_hidden_home_is_writable() -> None:
    rules = [Rule("/h/scratch/x/checkout", "write"), Rule("/h", "hide")]
    assert settled(*rules) == [("/h", "hide"), ("/h/scratch/x/checkout", "write")]


def test_below_a_private_tmp_only_what_is_needed_is_brought_back() -> None:
    rules = [
        Rule("/tmp", "write", "/s/tmp"),
        Rule("/tmp/repo", "hide"),
        Rule("/tmp/venv", "show"),
        Rule("/tmp/venv/x", "hide"),
    ]
    assert settled(*rules) == [("/tmp", "write"), ("/tmp/venv", "show"), ("/tmp/venv/x", "hide")]


def test_of_two_rules_for_one_path_the_later_counts() -> None:
    assert settled(Rule("/a", "show"), Rule("/a/", "hide")) == [("/a/", "hide")]
