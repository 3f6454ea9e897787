pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// One of the five faces with its words; chosen, it opens to what exactly was good or bad.
Item {
    id: card

    required property int level
    required property string label
    required property ValuesModel tags
    required property string note
    property bool chosen: false
    property list<string> chosenTags
    property real leastHeight: 0

    signal levelTapped
    signal tagTapped(string tag)

    implicitHeight: face.height + (flow.visible ? flow.height + Theme.space * 2 : 0) + (after.visible ? after.height + Theme.space : 0)

    Rectangle {
        anchors.fill: parent
        border.color: card.chosen ? Theme.accent : Theme.edge
        border.width: card.chosen ? Theme.lineStrong : Theme.line
        color: face.down ? Theme.pressed : (card.chosen ? Theme.accentSoft : Theme.surface)
        radius: Theme.radius
    }

    Pressable {
        id: face

        chosen: card.chosen
        height: Math.max(Theme.mm(20), card.leastHeight, words_.height + Theme.space)
        objectName: "level:" + card.level
        role: Accessible.RadioButton
        width: parent.width
        words: card.label

        onTapped: card.levelTapped()

        Icon {
            id: picture

            anchors.verticalCenter: parent.verticalCenter
            fill: card.chosen && Theme.plain ? Theme.paper : Theme.accentSoft
            name: "face-" + card.level
            size: Theme.mm(18)
            x: Theme.wide
        }

        Words {
            id: words_

            anchors.left: picture.right
            anchors.leftMargin: Theme.wide
            anchors.right: parent.right
            anchors.rightMargin: Theme.space
            anchors.verticalCenter: parent.verticalCenter
            font.bold: true
            font.pixelSize: Theme.lead
            text: card.label
        }
    }

    Words {
        id: after

        anchors.left: parent.left
        anchors.leftMargin: Theme.wide
        anchors.right: parent.right
        anchors.rightMargin: Theme.wide
        anchors.top: face.bottom
        color: Theme.inkSoft
        objectName: "note"
        text: card.note
        visible: card.chosen && text !== ""
    }

    Flow {
        id: flow

        anchors.left: parent.left
        anchors.leftMargin: Theme.wide
        anchors.right: parent.right
        anchors.rightMargin: Theme.wide
        anchors.top: after.visible ? after.bottom : face.bottom
        anchors.topMargin: after.visible ? Theme.space : Theme.gap
        spacing: Theme.gap
        visible: card.chosen && card.tags.count > 0

        Repeater {
            model: card.chosen ? card.tags : null

            Chip {
                required property string itemId
                required property string label

                chosen: card.chosenTags.includes(itemId)
                objectName: "tag:" + itemId
                words: label

                onTapped: card.tagTapped(itemId)
            }
        }
    }
}
