pragma ComponentBehavior: Bound

import QtQuick

// One matter: what it is, what to bring, how long it takes; brief in a list of many.
Pressable {
    id: card

    required property string itemId
    required property string title
    required property string summary
    required property string department
    required property string icon
    required property string brings
    required property int minutes
    required property bool available
    required property string unavailableReason
    property bool brief: false

    enabled: available
    readonly property real edge: brief ? Theme.space : Theme.wide

    implicitHeight: Math.max(texts.height, picture.height) + edge * 2
    objectName: "tile:" + itemId
    words: title

    Rectangle {
        anchors.fill: parent
        border.color: card.available ? Theme.edge : Theme.line_
        border.width: Theme.line
        color: card.down ? Theme.pressed : (card.available ? Theme.surface : Theme.disabled)
        radius: Theme.radius
    }

    Rectangle {
        id: picture

        anchors.left: parent.left
        anchors.leftMargin: card.edge
        color: card.available ? Theme.accentSoft : Theme.page
        height: Theme.mm(card.brief ? 22 : 30)
        radius: Theme.radius
        width: height
        y: card.brief ? (card.height - height) / 2 : card.edge

        Icon {
            anchors.centerIn: parent
            colour: card.available ? Theme.accent : Theme.disabledInk
            fill: Theme.plain ? Theme.paper : Theme.page
            name: card.icon === "" ? "document" : card.icon
            size: Theme.mm(card.brief ? 16 : 22)
        }
    }

    Column {
        id: texts

        anchors.left: picture.right
        anchors.leftMargin: Theme.wide
        anchors.right: arrow.left
        anchors.rightMargin: Theme.space
        spacing: Theme.mm(1.8)
        y: card.brief ? (card.height - height) / 2 : card.edge

        Words {
            color: card.available ? Theme.ink : Theme.disabledInk
            font.bold: true
            font.pixelSize: Theme.em(Math.min(9.6, Theme.capital * 0.7 + 3.4))
            lineHeight: Theme.leadingTight
            text: card.title
            width: parent.width
        }

        Words {
            color: card.available ? Theme.ink : Theme.disabledInk
            font.pixelSize: Theme.body
            text: card.summary
            visible: !card.brief
            width: parent.width
        }

        Words {
            color: card.available ? Theme.inkSoft : Theme.disabledInk
            font.pixelSize: Theme.caption
            text: card.department + " · " + qsTr("约 %1 分钟").arg(card.minutes)
            width: parent.width
        }

        Words {
            color: Theme.inkSoft
            font.pixelSize: Theme.caption
            text: qsTr("请带好：%1").arg(card.brings)
            visible: card.brings !== "" && !card.brief
            width: parent.width
        }

        ProblemNote {
            ground: Theme.careSoft
            ink: Theme.care
            symbol: "info"
            text: card.available ? "" : card.unavailableReason
            width: parent.width
        }
    }

    Icon {
        id: arrow

        anchors.right: parent.right
        anchors.rightMargin: Theme.space
        anchors.verticalCenter: parent.verticalCenter
        name: "next"
        size: Theme.mm(9)
        visible: card.available
    }
}
