pragma ComponentBehavior: Bound

import QtQuick

// A panel over the page from the bottom edge, closed by its own button.
Item {
    id: sheet

    default property alias content: column.data
    property string title: ""
    readonly property real innerWidth: column.width
    property string closeText: qsTr("关闭")

    signal closed

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.veil
        opacity: 0.72
    }

    Rectangle {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        border.color: Theme.line_
        border.width: Theme.plain ? 0 : Theme.lineStrong
        color: Theme.page
        height: column.height + Theme.margin * 2
        radius: Theme.radius * 2
        width: Math.min(parent.width, Theme.mm(268))

        Rectangle {
            anchors.bottom: parent.bottom
            color: parent.color
            height: parent.radius
            width: parent.width
        }

        Column {
            id: column

            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            spacing: Theme.wide

            Words {
                font.bold: true
                font.pixelSize: Theme.title
                lineHeight: Theme.leadingTight
                text: sheet.title
                width: parent.width
            }
        }
    }
}
