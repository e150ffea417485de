"""The lane as Qt's model: rows that keep their identity, and drops as wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester

from loginwright_designer.canvas.drop_preview import preview_of
from loginwright_designer.canvas.lane_drops import LANE_MIME_TYPE
from loginwright_designer.canvas.lane_model import LaneModel
from loginwright_designer.canvas.lane_signals import (
    DroppedActions,
    DroppedCode,
    DroppedFiles,
    DroppedTemplate,
    DropRequest,
    MoveRequest,
    RenameRequest,
)
from loginwright_designer.document.clipboard import CLIPBOARD_MIME_TYPE
from loginwright_designer.document.drag_types import TEMPLATE_MIME_TYPE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from lane_samples import Sample

MOVE = Qt.DropAction.MoveAction
ASK, NA = "ask-favourite-colour", "require-mfa-in-na"


@pytest.fixture
def model(qapp: QApplication, sample: Sample) -> LaneModel:
    return LaneModel(sample.lane())


def drop(model: LaneModel, data: QMimeData, gap: int) -> tuple[bool, list[object]]:
    """Drop into a gap; what was asked for comes back."""
    asked: list[object] = []
    model.move_requested.connect(asked.append)
    model.drop_requested.connect(asked.append)
    return model.dropMimeData(data, MOVE, gap, 0, QModelIndex()), asked


def test_model_keeps_qt_s_contract(model: LaneModel, sample: Sample) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lane(sample.reordered(3, 1, 4))
    model.show_lane(sample.reordered(4, 3, 2, 1))
    assert tester.model() is model


@pytest.mark.parametrize("order", [(1, 3, 2, 4), (4, 3, 2, 1), (3,), (2, 4), ()])
def test_rows_that_stay_keep_their_identity(
    model: LaneModel, sample: Sample, order: tuple[int, ...]
) -> None:
    held = {
        card.action: QPersistentModelIndex(model.index_of(card.action)) for card in model.lane.cards
    }
    lane = sample.reordered(*order)
    model.show_lane(lane)
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        card.name for card in lane.cards
    ]
    rows = {card.action: card.number - 1 for card in lane.cards}
    assert {action: index.row() for action, index in held.items() if index.isValid()} == rows


def test_cards_dragged_to_another_place_ask_to_move(model: LaneModel) -> None:
    data = model.mimeData([model.index_of(ASK)])
    accepted, asked = drop(model, data, 1)
    assert accepted
    assert asked == [MoveRequest((ASK,), 1)]


def test_gap_behind_a_dragged_card_counts_without_it(model: LaneModel) -> None:
    data = model.mimeData([model.index(0)])
    _, asked = drop(model, data, 3)
    assert asked == [MoveRequest(("block-weekends",), 2)]


def test_several_cards_move_in_the_order_of_the_flow(model: LaneModel) -> None:
    data = model.mimeData([model.index(3), model.index(1)])
    _, asked = drop(model, data, 0)
    assert asked == [MoveRequest((NA, "add-roles-to-tokens"), 0)]


@pytest.mark.parametrize("gap", [2, 3])
def test_card_dropped_where_it_was_asks_for_nothing(model: LaneModel, gap: int) -> None:
    data = model.mimeData([model.index_of(ASK)])
    assert drop(model, data, gap) == (False, [])


def test_template_of_the_library_asks_to_be_added(model: LaneModel) -> None:
    data = QMimeData()
    data.setData(TEMPLATE_MIME_TYPE, QByteArray(b"deny-by-audience"))
    assert drop(model, data, 1) == (True, [DropRequest(1, DroppedTemplate("deny-by-audience"))])


def test_files_of_a_file_manager_ask_to_be_added(model: LaneModel) -> None:
    data = QMimeData()
    names = ["a.js", "notes.txt", "b.py"]
    data.setUrls([QUrl.fromLocalFile(f"/somewhere/{name}") for name in names])
    accepted, asked = drop(model, data, 4)
    assert accepted
    [request] = asked
    assert isinstance(request, DropRequest)
    assert isinstance(request.content, DroppedFiles)
    assert [file.name for file in request.content.files] == ["a.js", "b.py"]


def test_code_asks_to_be_added(model: LaneModel) -> None:
    data = QMimeData()
    data.setText("exports.onExecutePostLogin = async () => {};")
    assert drop(model, data, 0) == (True, [DropRequest(0, DroppedCode(data.text()))])


def test_cards_of_another_lane_are_copied(model: LaneModel, sample: Sample) -> None:
    other = LaneModel(sample.lane(), lambda actions: orjson.dumps(list(actions)))
    data = other.mimeData([other.index_of(ASK)])
    _, asked = drop(model, data, 2)
    assert asked == [DropRequest(2, DroppedActions(orjson.dumps([ASK])))]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"lane": 1, "actions": 2}'])
def test_malformed_drag_is_refused(model: LaneModel, content: bytes) -> None:
    data = QMimeData()
    data.setData(LANE_MIME_TYPE, QByteArray(content))
    assert not model.canDropMimeData(data, MOVE, 0, 0, QModelIndex())
    assert drop(model, data, 0) == (False, [])


def test_files_that_are_no_code_are_refused(model: LaneModel) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/somewhere/picture.png"), QUrl("https://example.com/a.js")])
    assert not model.canDropMimeData(data, MOVE, 0, 0, QModelIndex())


@pytest.mark.parametrize("typed", ["", "   ", "Block weekends", " Block weekends "])
def test_same_or_no_name_asks_for_nothing(model: LaneModel, typed: str) -> None:
    asked: list[object] = []
    model.rename_requested.connect(asked.append)
    assert not model.setData(model.index(0), typed)
    assert asked == []


def test_new_name_is_asked_for_and_not_shown_before_the_flow_has_it(model: LaneModel) -> None:
    asked: list[object] = []
    model.rename_requested.connect(asked.append)
    assert model.setData(model.index(0), " Closed at weekends ")
    assert asked == [RenameRequest("block-weekends", "Closed at weekends")]
    assert model.index(0).data() == "Block weekends"


def test_numbers_are_known_before_the_drop(model: LaneModel) -> None:
    preview = preview_of(model, 1, ())
    numbers = [preview.numbers(card.action, card.number) for card in model.lane.cards]
    assert preview.number == 2
    assert numbers == [(1, ""), (3, "was 2"), (4, "was 3"), (5, "was 4")]


def test_numbers_of_a_move_are_known_before_the_drop(model: LaneModel) -> None:
    preview = preview_of(model, 4, ("block-weekends",))
    numbers = [preview.numbers(card.action, card.number) for card in model.lane.cards]
    assert preview.number == 4
    assert numbers == [(4, "was 1"), (1, "was 2"), (2, "was 3"), (3, "was 4")]


def test_drag_carries_ids_and_copies(sample: Sample, qapp: QApplication) -> None:
    model = LaneModel(sample.lane(), lambda actions: f"copies of {actions}".encode())
    data = model.mimeData([model.index(0)])
    assert data.formats() == [LANE_MIME_TYPE, CLIPBOARD_MIME_TYPE]
    assert bytes(data.data(CLIPBOARD_MIME_TYPE).data()) == b"copies of ['block-weekends']"
