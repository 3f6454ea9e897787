pragma ComponentBehavior: Bound

import QtQuick

// One of a group, with the ways to change and to remove it.
Panel {
    id: card

    required property string itemId
    required property string name
    required property string title
    required property string detail

    signal changeAsked
    signal removeAsked

    implicitHeight: column.height + Theme.wide * 2

    Column {
        id: column

        spacing: Theme.space
        width: parent.width - Theme.wide * 2
        x: Theme.wide
        y: Theme.wide

        Words {
            color: Theme.inkSoft
            font.pixelSize: Theme.caption
            text: card.name
            width: parent.width
        }

        Words {
            font.bold: true
            font.pixelSize: Theme.lead
            lineHeight: Theme.leadingTight
            text: card.title
            width: parent.width
        }

        Words {
            text: card.detail
            visible: text !== ""
            width: parent.width
        }

        Row {
            layoutDirection: Qt.RightToLeft
            spacing: Theme.space
            width: parent.width

            ActionButton {
                height: Theme.mm(16)
                objectName: "change:" + card.itemId
                primary: false
                width: (parent.width - parent.spacing) / 2
                words: qsTr("修改")

                onTapped: card.changeAsked()
            }

            ActionButton {
                height: Theme.mm(16)
                objectName: "remove:" + card.itemId
                primary: false
                width: (parent.width - parent.spacing) / 2
                words: qsTr("删除")

                onTapped: card.removeAsked()
            }
        }
    }
}
