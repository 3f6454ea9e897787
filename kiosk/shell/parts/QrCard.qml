pragma ComponentBehavior: Bound

import QtQuick

// A QR code on white with its caption.
Panel {
    id: card

    property string address: ""
    property string caption: ""
    property real side: Theme.mm(58)
    property real captionSize: Theme.em(4.3)

    color: Theme.paper
    implicitHeight: column.height + Theme.space
    implicitWidth: side + Theme.space * 2

    Column {
        id: column

        anchors.horizontalCenter: parent.horizontalCenter
        width: card.width - Theme.space * 2
        y: Theme.gap

        Image {
            Accessible.name: card.caption
            Accessible.role: Accessible.Graphic
            anchors.horizontalCenter: parent.horizontalCenter
            fillMode: Image.PreserveAspectFit
            height: card.side
            objectName: "qr"
            smooth: false
            source: card.address === "" ? "" : "image://qr/" + encodeURIComponent(card.address)
            sourceSize: Qt.size(card.side, card.side)
            width: card.side
        }

        Words {
            color: Theme.pen
            font.pixelSize: card.captionSize
            horizontalAlignment: Text.AlignHCenter
            text: card.caption
            width: parent.width
        }
    }
}
