"""Flows made of what the platform's deployment tool exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow_folders import JAVASCRIPT, write_files
from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.folder import read_flow_folder
from loginwright_runtime.flow.platform_export import read_platform_export
from loginwright_runtime.flow.platform_import import ImportedFlow, LeftOut, import_flow
from platform_exports import HIDDEN, exported, triggers, write_export

if TYPE_CHECKING:
    from pathlib import Path

COLOUR = b"exports.onExecutePostLogin = async (event, api) => { event.secrets.COLOUR_KEY; };\n"
ROLES = b"exports.onExecutePostLogin = async () => { require('actions:Our Mail'); };\r\n"


def imported(tmp_path: Path) -> ImportedFlow:
    return import_flow(tmp_path / "flow", name="Customer login", export=tmp_path / "tenant")


def refused(tmp_path: Path) -> Problem:
    """The one problem of an import that leaves nothing behind."""
    with pytest.raises(FlowError) as caught:
        imported(tmp_path)
    assert not (tmp_path / "flow").exists()
    (problem,) = caught.value.problems
    return problem


def problems_of(export: Path) -> tuple[Problem, ...]:
    """What speaks against an export."""
    try:
        read_platform_export(export)
    except FlowError as error:
        return error.problems
    return ()


def test_actions_stand_in_the_order_in_which_the_trigger_runs_them(tmp_path: Path) -> None:
    write_export(
        tmp_path / "tenant",
        exported("Add Roles", ROLES),
        exported("Ask for a colour", COLOUR),
        triggers("Ask for a colour", "Add Roles"),
    )
    flow = imported(tmp_path).flow
    assert [(one.id, one.name) for one in flow.actions] == [
        ("ask-for-a-colour", "Ask for a colour"),
        ("add-roles", "Add Roles"),
    ]
    assert [flow.source(one) for one in flow.actions] == [COLOUR, ROLES]
    assert flow == read_flow_folder(tmp_path / "flow")


def test_an_import_keeps_to_what_the_platform_does_today(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour"))
    settings = imported(tmp_path).flow.settings
    assert (settings.custom_claims, settings.profile_writes) == ("any", "each-leg")


def test_an_action_bears_the_name_that_it_has_in_the_trigger(tmp_path: Path) -> None:
    shown = {"post-login": [{"action_name": "colour_v2", "display_name": "Favourite colour"}]}
    write_export(
        tmp_path / "tenant",
        exported("colour_v2"),
        {"triggers/triggers.json": json.dumps(shown).encode()},
    )
    (action,) = imported(tmp_path).flow.actions
    assert (action.id, action.name) == ("colour-v2", "Favourite colour")


def test_an_action_that_runs_twice_stands_twice(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour", "Colour"))
    assert [one.id for one in imported(tmp_path).flow.actions] == ["colour", "colour-2"]


def test_secrets_are_declared_and_their_values_are_nowhere(tmp_path: Path) -> None:
    value = "correct horse battery staple"
    tenant = write_export(
        tmp_path / "tenant",
        exported("Colour", secrets=("COLOUR_KEY", "api-key")),
        triggers("Colour"),
    )
    file = tenant / "actions" / "Colour.json"
    file.write_text(file.read_text("utf-8").replace(HIDDEN, value), encoding="utf-8")
    (action,) = imported(tmp_path).flow.actions
    assert action.secrets == ("COLOUR_KEY", "api-key")
    for written in (tmp_path / "flow").rglob("*"):
        assert written.is_dir() or value.encode() not in written.read_bytes()


def test_a_secret_whose_name_no_flow_can_declare_is_told(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour", secrets=("a.b",)), triggers("Colour"))
    made = imported(tmp_path)
    assert made.flow.actions[0].secrets == ()
    assert [problem.rule for problem in made.problems] == ["undeclared-secret"]


def test_what_does_not_run_after_a_login_is_left_out_and_named(tmp_path: Path) -> None:
    machine: list[object] = [{"id": "credentials-exchange", "version": "v2"}]
    write_export(
        tmp_path / "tenant",
        exported("Colour"),
        exported("Old idea"),
        exported("For machines", supported_triggers=machine),  # type: ignore[arg-type]  # plain JSON
        exported("Unused", folder="action-modules"),
        triggers("From the marketplace", "Colour"),
    )
    made = imported(tmp_path)
    assert [one.id for one in made.flow.actions] == ["colour"]
    assert made.left_out == (
        LeftOut("From the marketplace", "runs on the platform, but its code is not exported"),
        LeftOut("Old idea", "is bound to no trigger"),
        LeftOut("Unused", "is a module that no action of the flow requires"),
    )


def test_modules_come_along_with_the_modules_that_they_require(tmp_path: Path) -> None:
    mail = b"const { log } = require('actions:log');\nmodule.exports = { log };\n"
    write_export(
        tmp_path / "tenant",
        exported("Add Roles", ROLES, secrets=("ROLES_KEY",)),
        exported("Colour"),
        exported("Our Mail", mail, folder="action-modules", secrets=("MAIL_KEY",)),
        exported("log", b"exports.log = 1;\n", folder="action-modules", secrets=("LOG_KEY",)),
        triggers("Add Roles", "Colour"),
    )
    made = imported(tmp_path)
    assert made.flow.files["lib/Our Mail.js"] == mail
    assert made.flow.files["lib/log.js"] == b"exports.log = 1;\n"
    assert [one.secrets for one in made.flow.actions] == [
        ("ROLES_KEY", "MAIL_KEY", "LOG_KEY"),
        (),
    ]


def test_a_module_whose_name_is_no_file_name_stands_where_it_is_looked_for(tmp_path: Path) -> None:
    code = b"exports.onExecutePostLogin = async () => { require('actions:mail/v2'); };\n"
    module = exported("mail v2", b"exports.v = 2;\n", folder="action-modules", name="mail/v2")
    write_export(tmp_path / "tenant", exported("Colour", code), module, triggers("Colour"))
    assert imported(tmp_path).flow.files["lib/mail-v2.js"] == b"exports.v = 2;\n"


def test_packages_are_written_down_for_npm(tmp_path: Path) -> None:
    write_export(
        tmp_path / "tenant",
        exported("Colour", packages={"axios": "1.7.9"}),
        exported("Roles", packages={"@scope/roles": "latest", "axios": "1.7.9"}),
        triggers("Colour", "Roles"),
    )
    made = imported(tmp_path)
    assert json.loads(made.flow.files["package.json"]) == {
        "private": True,
        "dependencies": {"@scope/roles": "latest", "axios": "1.7.9"},
    }
    assert made.packages == {"@scope/roles": "latest", "axios": "1.7.9"}
    assert made.problems == ()


def test_two_versions_of_a_package_are_told_and_the_first_is_taken(tmp_path: Path) -> None:
    write_export(
        tmp_path / "tenant",
        exported("Colour", packages={"axios": "1.7.9"}),
        exported("Roles", packages={"axios": "0.27.2"}),
        triggers("Colour", "Roles"),
    )
    made = imported(tmp_path)
    (problem,) = made.problems
    assert made.packages == {"axios": "1.7.9"}
    assert (problem.rule, problem.severity, problem.file) == (
        "package-version",
        "warning",
        "package.json",
    )
    assert "Colour depends on axios 1.7.9 and Roles on 0.27.2" in problem.message


@pytest.mark.parametrize(
    "written",
    [
        "exports/tenant/actions/Colour/code.js",
        "/srv/tenant/actions/Colour/code.js",
        "C:\\tenant\\actions\\Colour\\code.js",
        "elsewhere/code.js",
        None,
    ],
)
def test_code_is_found_wherever_the_tool_was_called(tmp_path: Path, written: str | None) -> None:
    write_export(tmp_path / "tenant", exported("Colour", COLOUR, code=written), triggers("Colour"))
    made = imported(tmp_path)
    assert made.flow.source(made.flow.actions[0]) == COLOUR


def test_code_beside_the_descriptions_is_found_by_its_path(tmp_path: Path) -> None:
    tenant = write_export(
        tmp_path / "tenant", exported("Colour", code="./actions/colour.js"), triggers("Colour")
    )
    write_files(tenant, {"actions/colour.js": COLOUR})
    made = imported(tmp_path)
    assert made.flow.source(made.flow.actions[0]) == COLOUR


@pytest.mark.parametrize("path", ["../secret.js", "actions/../../secret.js", "/etc/hostname"])
def test_no_file_outside_the_export_is_taken(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.js").write_bytes(b"// not yours\n")
    tenant = write_export(tmp_path / "tenant", exported("Colour", code=path), triggers("Colour"))
    (tenant / "actions" / "Colour" / "code.js").unlink()
    problem = refused(tmp_path)
    assert problem.file == f"{tenant}/actions/Colour.json"
    assert problem.path == "$.code"
    assert problem.message == "The code of Colour is not in the export."


def test_a_link_out_of_the_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_bytes(b"// not yours\n")
    tenant = write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour"))
    code = tenant / "actions" / "Colour" / "code.js"
    code.unlink()
    code.symlink_to(tmp_path / "secret.js")
    problem = refused(tmp_path)
    assert (problem.rule, problem.file) == ("path-leaves-folder", str(code))


def test_a_folder_without_triggers_is_no_export(tmp_path: Path) -> None:
    tenant = write_export(tmp_path / "tenant", exported("Colour"))
    problem = refused(tmp_path)
    assert (problem.rule, problem.file) == ("unknown-export", str(tenant))
    assert "triggers/triggers.json" in problem.message


@pytest.mark.parametrize("given", ["tenant", "tenant/tenant.yaml"])
def test_an_export_as_one_yaml_file_says_how_to_have_it_as_a_folder(
    tmp_path: Path, given: str
) -> None:
    write_export(tmp_path / "tenant", {"tenant.yaml": b"actions: []\n"})
    with pytest.raises(FlowError) as caught:
        import_flow(tmp_path / "flow", name="New", export=tmp_path / given)
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "tenant" / "tenant.yaml")
    assert "--format=directory" in problem.remedy


@pytest.mark.parametrize(
    ("content", "path"),
    [
        ([], "$.post-login"),
        ({"post-login": {}}, "$.post-login"),
        ({"post-login": ["Colour"]}, "$.post-login[0]"),
        ({"post-login": [{"display_name": "Colour"}]}, "$.post-login[0]"),
    ],
)
def test_triggers_that_name_no_actions_are_refused_where_they_stand(
    tmp_path: Path, content: object, path: str
) -> None:
    tenant = write_export(
        tmp_path / "tenant", {"triggers/triggers.json": json.dumps(content).encode()}
    )
    problem = refused(tmp_path)
    assert problem.file == f"{tenant}/triggers/triggers.json"
    assert (problem.rule, problem.line) == ("invalid-value", 1)
    assert (problem.path or "").replace('["post-login"]', ".post-login") == path


def test_triggers_that_are_no_json_are_refused_where_it_breaks(tmp_path: Path) -> None:
    triggers_file = {"triggers/triggers.json": b'{\n"post-login": @@BINDINGS@@}'}
    tenant = write_export(tmp_path / "tenant", exported("Colour"), triggers_file)
    problem = refused(tmp_path)
    assert problem.file == f"{tenant}/triggers/triggers.json"
    assert (problem.rule, problem.line) == ("invalid-json", 2)
    assert "keyword replacement" in problem.remedy


def test_triggers_behind_a_link_out_of_the_export_are_not_read(tmp_path: Path) -> None:
    write_export(tmp_path / "other", triggers("Colour"))
    tenant = write_export(tmp_path / "tenant", exported("Colour"))
    (tenant / "triggers").mkdir()
    listed = tenant / "triggers" / "triggers.json"
    listed.symlink_to(tmp_path / "other" / "triggers" / "triggers.json")
    problem = refused(tmp_path)
    assert (problem.rule, problem.file) == ("path-leaves-folder", str(listed))


def test_an_export_below_a_name_that_cannot_be_written_down_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "n\udcff")
    assert problem.rule == "invalid-name"
    assert problem.file is not None
    assert problem.file.endswith("n\\udcff")


def test_a_login_without_actions_makes_no_flow(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour"), triggers())
    assert refused(tmp_path).rule == "empty-flow"


def test_keywords_that_were_put_back_into_the_export_are_explained(tmp_path: Path) -> None:
    tenant = write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour"))
    (tenant / "actions" / "Colour.json").write_text('{"name": "Colour", "secrets": @@SECRETS@@}')
    problem = refused(tmp_path)
    assert (problem.rule, problem.line) == ("invalid-json", 1)
    assert "keyword replacement" in problem.remedy


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"secrets": [{"value": "hush"}]}, "$.secrets[0]"),
        ({"dependencies": [{"name": "axios"}]}, "$.dependencies[0]"),
    ],
)
def test_a_description_with_a_hole_is_refused_without_what_stands_in_it(
    tmp_path: Path, members: dict[str, object], path: str
) -> None:
    write_export(tmp_path / "tenant", exported("Colour", **members), triggers("Colour"))  # type: ignore[arg-type]  # plain JSON
    problem = refused(tmp_path)
    assert problem.path == path
    assert "hush" not in str(problem)


def test_a_description_without_a_name_is_refused(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour", name=""), triggers("Colour"))
    assert refused(tmp_path).path == "$.name"


def test_code_that_is_too_large_makes_no_flow(tmp_path: Path) -> None:
    code = JAVASCRIPT + b"//" + b"x" * 100_000
    write_export(tmp_path / "tenant", exported("Colour", code), triggers("Colour"))
    assert refused(tmp_path).rule == "code-too-large"


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour"))
    write_files(tmp_path / "flow", {"mine.txt": b"mine"})
    with pytest.raises(FlowError, match="not empty"):
        imported(tmp_path)
    assert [path.name for path in (tmp_path / "flow").iterdir()] == ["mine.txt"]


def test_an_export_that_is_opened_as_a_flow_says_how_to_make_one_of_it(tmp_path: Path) -> None:
    tenant = write_export(tmp_path / "tenant", exported("Colour"), triggers("Colour"))
    with pytest.raises(FlowError) as caught:
        read_flow_folder(tenant)
    (problem,) = caught.value.problems
    assert (problem.rule, problem.file) == ("missing-file", str(tenant))
    assert f"loginwright new DIR --from {tenant}" in problem.remedy


@given(
    content=st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["post-login", "action_name", "name", "code", "secrets"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
    place=st.sampled_from(
        ["triggers/triggers.json", "actions/Colour.json", "action-modules/m.json"]
    ),
)
def test_whatever_an_export_says_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: object, place: str
) -> None:
    tenant = write_export(
        tmp_path_factory.mktemp("tenant"),
        exported("Colour"),
        triggers("Colour"),
        {place: json.dumps(content).encode()},
    )
    assert all(problem.file and problem.remedy for problem in problems_of(tenant))
