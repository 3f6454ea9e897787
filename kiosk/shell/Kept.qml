pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: kept

    readonly property KeptPage page_: shell.kept
    readonly property bool saving: page_.state === "saving"
    readonly property bool failed: page_.state === "failed"

    forwardEnabled: !saving
    forwardName: failed ? "retry" : "finish"
    forwardText: page_.forwardLabel
    otherName: failed ? "backToVisit" : "printAgain"
    otherText: failed ? qsTr("继续办理") : (page_.printState === "failed" || page_.printState === "unknown" ? qsTr("再打印一次") : "")
    page: shell.kept
    symbol: "take"

    onForward: shell.proceed()
    onOther: {
        if (failed)
            shell.goBack();
        else
            shell.printAgain();
    }

    ProblemNote {
        ground: kept.failed ? Theme.careSoft : (kept.saving ? Theme.accentSoft : Theme.goodSoft)
        ink: kept.failed ? Theme.care : (kept.saving ? Theme.accent : Theme.good)
        objectName: "message"
        symbol: kept.failed ? "problem" : (kept.saving ? "hourglass" : "success")
        text: kept.page_.message
        width: parent.width
    }

    QrCard {
        address: kept.page_.payload
        anchors.horizontalCenter: parent.horizontalCenter
        side: Theme.mm(84)
        visible: address !== ""
    }

    ProblemNote {
        ground: Theme.accentSoft
        ink: Theme.accent
        objectName: "print"
        symbol: "printer"
        text: kept.page_.printMessage
        width: parent.width
    }
}
