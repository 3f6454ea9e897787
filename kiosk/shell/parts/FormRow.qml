pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// One question of a form with its answer as typed so far.
Column {
    id: row

    required property int index
    required property string itemId
    required property string label
    required property string value
    required property string hint
    required property string problem
    required property bool optional
    required property string keyboard
    required property ValuesModel options
    required property bool prefilled
    required property bool masked
    required property string echo
    property string text: value
    property bool active: false

    signal asked
    signal dropped
    signal picked

    onValueChanged: text = value

    spacing: problem === "" ? Theme.mm(1.6) : Theme.gap

    Words {
        font.bold: true
        text: row.label + (row.optional ? qsTr("（选填）") : "")
        width: parent.width
    }

    Words {
        color: Theme.inkSoft
        font.pixelSize: Theme.caption
        text: row.hint
        visible: text !== ""
        width: parent.width
    }

    ProblemNote {
        text: row.problem
        width: parent.width
    }

    EntryBox {
        echo: row.echo
        active: row.active
        masked: row.masked
        month: row.keyboard === "month"
        note: row.prefilled && row.text === row.value && row.text !== "" ? qsTr("已自动填写") : ""
        objectName: "field:" + row.itemId
        placeholder: row.keyboard === "month" ? qsTr("请选择年月") : qsTr("点这里填写")
        problem: row.problem !== ""
        text: row.text
        visible: row.keyboard !== "choice"
        width: parent.width
        words: row.label

        onTapped: row.asked()
    }

    Evenly {
        id: choices

        model: row.keyboard === "choice" ? row.options : null
        pairs: true
        visible: row.keyboard === "choice"
        width: parent.width

        OptionCard {
            required property string itemId
            required property string label

            chosen: row.text === itemId
            evenHeight: choices.tallest
            objectName: "option:" + itemId
            width: choices.each
            words: label

            onTapped: {
                row.dropped();
                row.text = itemId;
                row.picked();
            }
        }
    }
}
