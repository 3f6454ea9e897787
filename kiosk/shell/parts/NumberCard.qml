pragma ComponentBehavior: Bound

import QtQuick

// The case number, huge, with what it means.
Rectangle {
    id: card

    property string number: ""
    property string title: ""
    property string words: ""
    property bool local: false
    property bool waiting: false
    property bool issued: false
    property bool refused: false
    readonly property color ink: refused ? Theme.care : Theme.good

    border.color: card.ink
    border.width: Theme.lineStrong / 2
    color: card.refused ? Theme.careSoft : Theme.goodSoft
    implicitHeight: column.height + Theme.wide * 2
    radius: Theme.radius

    Column {
        id: column

        spacing: Theme.gap
        width: parent.width - Theme.wide * 2
        x: Theme.wide
        y: Theme.wide

        Row {
            id: line

            spacing: Theme.space
            width: parent.width

            Icon {
                id: sign

                anchors.verticalCenter: parent.verticalCenter
                colour: card.ink
                fill: Theme.surface
                name: card.refused ? "info" : "success"
                size: Theme.mm(18)
            }

            Balanced {
                anchors.verticalCenter: parent.verticalCenter
                color: card.ink
                font.bold: true
                font.pixelSize: Theme.lead
                text: card.words
                width: line.width - sign.width - line.spacing
            }
        }

        Words {
            color: Theme.inkSoft
            font.pixelSize: Theme.body
            text: card.title
            visible: card.number !== ""
            width: parent.width
        }

        Words {
            Accessible.name: text
            Accessible.role: Accessible.StaticText
            font.bold: true
            font.pixelSize: Theme.em(14)
            fontSizeMode: Text.HorizontalFit
            height: Theme.em(14) * 1.3
            lineHeight: 1.1
            minimumPixelSize: Theme.body
            objectName: "number"
            text: card.number
            verticalAlignment: Text.AlignVCenter
            visible: card.number !== ""
            width: parent.width
            wrapMode: Text.NoWrap
        }

        Words {
            color: Theme.inkSoft
            text: card.waiting ? qsTr("正在等待中心答复…") : qsTr("这是本机编号，网络恢复后自动上传，凭此号也能查询。")
            visible: card.waiting || card.local
            width: parent.width
        }
    }
}
