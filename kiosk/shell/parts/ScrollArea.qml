pragma ComponentBehavior: Bound

import QtQuick

// Content that may be too tall: one finger, or the big button "more".
Item {
    id: area

    default property alias content: column.data
    property bool centred: false
    property real spacing: Theme.space
    readonly property real contentHeight: column.height
    readonly property bool tall: column.height > height + 1
    readonly property bool atEnd: !tall || flick.contentY >= column.height - flick.height - Theme.mm(1)

    function toTop() {
        flick.contentY = 0;
    }

    function bringIntoView(item: Item) {
        const top = item.mapToItem(column, 0, 0).y;
        const bottom = top + item.height + Theme.space;
        if (top < flick.contentY)
            flick.contentY = Math.max(0, top - Theme.space);
        else if (bottom > flick.contentY + flick.height)
            flick.contentY = Math.min(bottom - flick.height, Math.max(0, column.height - flick.height));
    }

    Flickable {
        id: flick

        anchors.bottom: more.top
        anchors.bottomMargin: area.tall ? Theme.gap : 0
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        contentHeight: Math.max(column.height, height)
        contentWidth: width
        flickableDirection: Flickable.VerticalFlick
        interactive: area.tall

        // at rest once the finger lifts: a page that still glides would swallow the next touch
        onDraggingChanged: {
            if (!dragging)
                Qt.callLater(flick.cancelFlick);
        }

        Column {
            id: column

            spacing: area.spacing
            width: area.width
            y: area.centred ? Math.max(0, (flick.height - height) / 2) : 0
        }
    }

    Rectangle {
        anchors.bottom: flick.bottom
        anchors.left: parent.right
        anchors.leftMargin: Theme.mm(3)
        anchors.top: flick.top
        color: Theme.plain ? Theme.disabled : Theme.page
        radius: width / 2
        visible: area.tall
        width: Theme.mm(1.6)

        Rectangle {
            color: Theme.edge
            height: flick.visibleArea.heightRatio * parent.height
            radius: width / 2
            width: parent.width
            y: flick.visibleArea.yPosition * parent.height
        }
    }

    Words {
        anchors.centerIn: more
        color: Theme.inkSoft
        font.pixelSize: Theme.small
        text: qsTr("已到末尾")
        visible: area.tall && area.atEnd
    }

    Pressable {
        id: more

        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        height: area.tall ? Theme.touchLeast : 0
        objectName: "more"
        rapid: true
        visible: area.tall && !area.atEnd
        words: qsTr("更多内容")

        onTapped: flick.contentY = Math.min(column.height - flick.height, flick.contentY + flick.height * 0.85)

        Rectangle {
            anchors.fill: parent
            border.color: Theme.plain ? "transparent" : Theme.strong
            border.width: Theme.line
            color: more.down ? Theme.pressed : Theme.accentSoft
            radius: Theme.radius

            Row {
                anchors.centerIn: parent
                spacing: Theme.gap

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "down"
                    size: Theme.mm(6)
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    color: Theme.accent
                    font.bold: true
                    font.pixelSize: Theme.chromeText
                    lineHeight: 1
                    text: more.words
                }
            }
        }
    }
}
