pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: result

    readonly property ResultPage page_: shell.result
    readonly property bool failed: page_.printState === "failed" || page_.printState === "unknown"

    forwardText: qsTr("完成")
    otherName: "printAgain"
    otherText: failed ? qsTr("再打印一次") : ""
    page: shell.result
    symbol: "take"

    onForward: shell.proceed()
    onOther: shell.printAgain()

    NumberCard {
        issued: result.page_.documentTitle !== ""
        local: result.page_.numberKind === "local"
        number: result.page_.number
        refused: result.page_.reportLabel !== ""
        title: result.page_.numberLabel
        waiting: result.page_.waitingForCenter
        width: parent.width
        words: result.page_.message
    }

    ProblemNote {
        ground: Theme.accentSoft
        ink: Theme.accent
        objectName: "handover"
        symbol: "take"
        text: result.page_.handover
        width: parent.width
    }

    QrCard {
        address: result.page_.pickupPayload
        caption: result.page_.pickupLabel + "\n" + result.page_.pickupCode
        captionSize: Theme.body
        side: Theme.mm(72)
        visible: address !== ""
        width: parent.width
    }

    ProblemNote {
        ground: result.failed ? Theme.careSoft : Theme.accentSoft
        ink: result.failed ? Theme.care : Theme.accent
        objectName: "print"
        symbol: "printer"
        text: result.page_.printState === "none" ? "" : result.page_.printMessage
        width: parent.width
    }

    ProblemNote {
        readonly property bool failed: result.page_.paperState === "failed" || result.page_.paperState === "unknown"

        ground: failed ? Theme.careSoft : Theme.accentSoft
        ink: failed ? Theme.care : Theme.accent
        objectName: "paper"
        symbol: "printer"
        text: result.page_.paperMessage
        width: parent.width
    }

    ActionButton {
        objectName: "printDocument"
        primary: false
        symbol: "printer"
        visible: result.page_.paperLabel !== ""
        width: parent.width
        words: result.page_.paperLabel

        onTapped: result.shell.printDocument()
    }

    DocumentCard {
        page: result.page_
        visible: result.page_.documentTitle !== ""
        width: parent.width
    }

    QrCard {
        address: result.page_.followUrl
        caption: result.page_.followLabel
        captionSize: Theme.body
        visible: address !== ""
        width: parent.width
    }

    ActionButton {
        objectName: "report"
        primary: false
        symbol: "help"
        visible: result.page_.reportLabel !== ""
        width: parent.width
        words: result.page_.reportLabel

        onTapped: result.shell.report()
    }

    Panel {
        height: steps.height + Theme.wide * 1.6
        visible: result.page_.nextSteps.length > 0
        width: parent.width

        Column {
            id: steps

            spacing: Theme.space
            width: parent.width - Theme.wide * 2
            x: Theme.wide
            y: Theme.wide * 0.8

            Words {
                color: Theme.accent
                font.bold: true
                text: qsTr("接下来")
                width: parent.width
            }

            Repeater {
                model: result.page_.nextSteps

                Row {
                    id: item

                    required property string modelData

                    spacing: Theme.space
                    width: steps.width

                    Icon {
                        id: tick

                        name: "tick"
                        size: Theme.sign
                        y: Math.max(0, (Theme.body * Theme.leading - height) / 2)  // beside the first line
                    }

                    Words {
                        text: item.modelData
                        width: item.width - tick.width - item.spacing
                    }
                }
            }
        }
    }
}
