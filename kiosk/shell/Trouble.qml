pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: trouble

    centred: true
    forwardText: shell.trouble.continueLabel
    otherName: "report"
    otherText: shell.trouble.reportLabel
    page: shell.trouble
    symbol: "trouble-" + shell.trouble.picture
    symbolColour: Theme.care
    symbolGround: Theme.careSoft

    onForward: shell.proceed()
    onOther: shell.report()

    Statement {
        colour: Theme.care
        fill: Theme.careSoft
        headline: trouble.shell.trouble.cause
        pictureSize: Math.min(Theme.mm(90), trouble.viewHeight * 0.4)
        symbol: trouble.landscape ? "" : trouble.symbol
        width: parent.width
    }

    Panel {
        height: advice.height + Theme.wide * 2
        visible: advice.text !== ""
        width: parent.width

        Balanced {
            id: advice

            objectName: "advice"

            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
            text: trouble.shell.trouble.advice
            width: parent.width - Theme.wide * 2
            x: Theme.wide
            y: Theme.wide
        }
    }
}
