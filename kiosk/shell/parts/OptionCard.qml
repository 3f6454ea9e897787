pragma ComponentBehavior: Bound

import QtQuick

// One choice as a big card with a round (one) or square (several) mark; with a symbol, a way to go.
Pressable {
    id: card

    required property string detail
    property bool multiple: false
    property string symbol: ""
    property real evenHeight: 0  // that of the tallest beside it
    readonly property real ownHeight: Math.max(Theme.mm(20), texts.height + Theme.wide)

    implicitHeight: Math.max(ownHeight, evenHeight)
    role: symbol !== "" ? Accessible.Button : multiple ? Accessible.CheckBox : Accessible.RadioButton

    Rectangle {
        anchors.fill: parent
        border.color: card.chosen ? Theme.accent : Theme.edge
        border.width: card.chosen ? Theme.lineStrong : Theme.line
        color: card.down ? Theme.pressed : (card.chosen ? Theme.accentSoft : Theme.surface)
        radius: Theme.radius
    }

    Icon {
        id: mark

        anchors.left: parent.left
        anchors.leftMargin: Theme.wide
        anchors.verticalCenter: parent.verticalCenter
        colour: Theme.accent
        fill: card.symbol === "" ? Theme.accentInk : (Theme.plain ? Theme.accentSoft : Theme.page)
        name: card.symbol !== "" ? card.symbol : card.multiple ? (card.chosen ? "box-on" : "box-off") : (card.chosen ? "round-on" : "round-off")
        size: Math.max(Theme.mm(card.symbol === "" ? 10 : 13), Theme.sign)
    }

    Column {
        id: texts

        anchors.left: mark.right
        anchors.leftMargin: Theme.wide
        anchors.right: parent.right
        anchors.rightMargin: Theme.wide
        anchors.verticalCenter: parent.verticalCenter

        Balanced {
            font.bold: true
            font.pixelSize: Theme.lead
            lineHeight: Theme.leadingTight
            text: card.words
            width: parent.width
        }

        Words {
            color: Theme.inkSoft
            font.pixelSize: Theme.caption
            text: card.detail
            visible: text !== ""
            width: parent.width
        }
    }
}
