pragma ComponentBehavior: Bound

import QtQuick

// Where a person writes what they came for, and takes it back with one touch.
Row {
    id: box

    property string text: ""
    property bool active: false

    signal asked
    signal cleared

    spacing: Theme.gap

    EntryBox {
        active: box.active
        objectName: "search"
        placeholder: qsTr("想办什么事？点这里写")
        symbol: "search"
        text: box.text
        width: box.width - (clear.visible ? clear.width + box.spacing : 0)
        words: qsTr("找要办的事")

        onTapped: box.asked()
    }

    ActionButton {
        id: clear

        height: Theme.field
        objectName: "clear"
        primary: false
        textSize: Theme.chromeText
        visible: box.text !== ""
        width: Theme.mm(32)
        words: qsTr("清空")

        onTapped: box.cleared()
    }
}
