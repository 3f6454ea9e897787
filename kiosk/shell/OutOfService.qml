pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: closed

    centred: true
    page: shell.outOfService
    symbol: "trouble-machine"
    symbolColour: Theme.care
    symbolGround: Theme.careSoft

    Statement {
        colour: Theme.care
        fill: Theme.careSoft
        headline: closed.shell.outOfService.cause
        symbol: closed.landscape ? "" : closed.symbol
        width: parent.width
        words: closed.shell.outOfService.since === "" ? "" : qsTr("开始时间：%1").arg(closed.shell.outOfService.since)
    }

    ProblemNote {
        ground: Theme.accentSoft
        ink: Theme.accent
        symbol: "phone"
        text: closed.shell.outOfService.contact === "" ? "" : qsTr("需要帮助，请拨打 %1").arg(closed.shell.outOfService.contact)
        width: parent.width
    }
}
