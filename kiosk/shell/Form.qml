pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: form

    property int current: -1
    property FormRow currentRow: null

    function focusRow(row: FormRow) {
        currentRow = row;
        current = row === null ? -1 : row.index;
        if (row !== null)
            arrange.restart();
    }

    function rowAt(index: int): FormRow {
        return rows.itemAt(index) as FormRow;
    }

    function focusNext(after: int) {
        for (let index = after + 1; index < rows.count; index++) {
            if (rowAt(index).keyboard !== "choice") {
                focusRow(rowAt(index));
                return;
            }
        }
        focusRow(null);
    }

    function firstWrong(): FormRow {
        for (let index = 0; index < rows.count; index++) {
            if (rowAt(index).problem !== "")
                return rowAt(index);
        }
        return null;
    }

    function write(text: string) {
        currentRow.text = text;
        shell.typeIn(currentRow.itemId, text);
    }

    function send() {
        const ids = [];
        const values = [];
        for (let index = 0; index < rows.count; index++) {
            ids.push(rowAt(index).itemId);
            values.push(rowAt(index).text);
        }
        focusRow(null);
        shell.fill(ids, values);
    }

    forwardText: shell.form.forwardLabel === "" ? qsTr("继续") : shell.form.forwardLabel
    page: shell.form
    symbol: "list"
    panelShown: currentRow !== null
    scroll.spacing: Theme.wide

    onForward: send()

    panel: Keyboard {
        kind: form.currentRow === null ? "digits" : form.currentRow.keyboard
        next: form.currentRow !== null && form.currentRow.index < rows.count - 1 ? qsTr("下一项") : qsTr("收起")
        value: form.currentRow === null ? "" : form.currentRow.text
        shell: form.shell
        width: parent.width

        onErased: form.write(form.currentRow.text.slice(0, -1))
        onFinished: form.focusNext(form.current)
        onReplaced: text => form.write(text)
        onTyped: text => form.write(form.currentRow.text + text)
    }

    Timer {
        id: arrange

        interval: 1  // ms; after the keys have taken their place

        onTriggered: {
            const row = form.currentRow !== null ? form.currentRow : form.firstWrong();
            if (row !== null)
                form.scroll.bringIntoView(row);
        }
    }

    ProblemNote {
        objectName: "problem"
        text: form.shell.form.problemSummary
        width: parent.width
    }

    Repeater {
        id: rows

        model: form.shell.form.fields

        FormRow {
            id: row

            active: form.current === index
            width: parent ? parent.width : 0

            onAsked: form.focusRow(row)
            onDropped: form.focusRow(null)
            onHeightChanged: arrange.restart()  // what is wrong takes its place
            onYChanged: arrange.restart()
            onPicked: form.shell.typeIn(row.itemId, row.text)
        }
    }
}
