pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// The grid of every page: heading, content, an optional panel (keys, pictures) and the ways forward in one place.
Item {
    id: frame

    required property Shell shell
    required property PageObject page
    default property alias content: scroll.content
    property alias panel: panelSlot.data
    property alias scroll: scroll
    property bool panelShown: true
    property string symbol: ""
    property real symbolScale: 0.62
    property color symbolColour: Theme.accent
    property color symbolGround: Theme.accentSoft
    property bool centred: false
    property string forwardText: ""
    property bool forwardEnabled: true
    property string forwardName: "forward"
    property string otherText: ""
    property string otherName: "other"
    property bool otherEnabled: true
    readonly property bool landscape: width > height
    readonly property real viewHeight: scroll.height
    readonly property real leftWidth: (width - Theme.margin * 2) * 0.41
    readonly property bool hasPanel: panelShown && panelSlot.children.length > 0
    readonly property bool hasActions: forwardText !== "" || otherText !== ""
    readonly property real panelHeight: hasPanel ? (panelSlot.children[0] as Item).implicitHeight : 0

    signal forward
    signal other

    Heading {
        id: heading

        brief: frame.landscape && frame.hasPanel && Theme.textStep > 1
        page: frame.page
        width: frame.landscape ? frame.leftWidth : frame.width - Theme.margin * 2
        x: Theme.margin
        y: Theme.mm(7)
    }

    Picture {
        colour: frame.symbolColour
        color: frame.symbolGround
        height: frame.height - y
        portion: frame.symbolScale
        symbol: frame.symbol
        visible: frame.landscape && !frame.hasPanel && frame.symbol !== "" && height > Theme.mm(40)
        width: frame.leftWidth
        x: Theme.margin
        y: heading.y + heading.height + Theme.mm(6)
    }

    ScrollArea {
        id: scroll

        centred: frame.centred
        height: (frame.landscape ? frame.height - (frame.hasActions ? actions.height + Theme.space : 0) : panelSlot.y - (frame.hasPanel ? Theme.space : 0)) - y
        width: frame.width - x - Theme.margin
        x: frame.landscape ? Theme.margin + frame.leftWidth + Theme.mm(10) : Theme.margin
        y: frame.landscape ? Theme.mm(7) : heading.y + heading.height + Theme.mm(6)
    }

    Item {
        id: panelSlot

        height: frame.panelHeight
        visible: frame.hasPanel
        width: frame.landscape ? frame.leftWidth : frame.width - Theme.margin * 2
        x: Theme.margin
        y: (frame.landscape ? frame.height : actions.y - (frame.hasActions ? Theme.space : 0)) - height
    }

    Row {
        id: actions

        height: frame.hasActions ? Math.max(onward.implicitHeight, beside.implicitHeight) : 0
        layoutDirection: Qt.RightToLeft
        spacing: Theme.space
        visible: frame.hasActions
        width: scroll.width
        x: scroll.x
        y: frame.height - height

        ActionButton {
            id: onward

            enabled: frame.forwardEnabled
            height: actions.height
            objectName: frame.forwardName
            visible: frame.forwardText !== ""
            width: frame.otherText === "" ? actions.width : (actions.width - actions.spacing) * 0.6
            words: frame.forwardText

            onTapped: frame.forward()
        }

        ActionButton {
            id: beside

            enabled: frame.otherEnabled
            height: actions.height
            objectName: frame.otherName
            primary: false
            visible: frame.otherText !== ""
            width: frame.forwardText === "" ? actions.width : (actions.width - actions.spacing) * 0.4
            words: frame.otherText

            onTapped: frame.other()
        }
    }
}
