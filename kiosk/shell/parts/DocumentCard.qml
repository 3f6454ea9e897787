pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// A document issued on the spot: its rows, and the code that anyone can verify it with.
Panel {
    id: card

    required property ResultPage page
    readonly property bool wide: width > Theme.mm(170) && Theme.textStep < 3

    implicitHeight: column.height + Theme.wide * 2

    Column {
        id: column

        spacing: Theme.space
        width: parent.width - Theme.wide * 2
        x: Theme.wide
        y: Theme.wide

        Words {
            font.bold: true
            font.pixelSize: Theme.lead
            horizontalAlignment: Text.AlignHCenter
            objectName: "documentTitle"
            text: card.page.documentTitle
            width: parent.width
        }

        SampleMark {
            text: card.page.documentSample
            width: parent.width
        }

        Grid {
            id: body

            columnSpacing: Theme.wide
            columns: card.wide && qr.visible ? 2 : 1
            rowSpacing: Theme.space
            width: parent.width

            Column {
                width: body.columns === 2 ? body.width - qr.width - body.columnSpacing : body.width

                Repeater {
                    model: card.page.documentRows

                    Column {
                        id: row

                        required property string label
                        required property string value

                        bottomPadding: Theme.gap
                        width: parent ? parent.width : 0

                        Words {
                            color: Theme.inkSoft
                            font.pixelSize: Theme.caption
                            lineHeight: Theme.leadingTight
                            text: row.label
                            width: parent.width
                        }

                        Words {
                            font.bold: true
                            lineHeight: Theme.leadingTight
                            text: row.value
                            width: parent.width
                        }
                    }
                }
            }

            QrCard {
                id: qr

                address: card.page.verifyUrl
                caption: qsTr("扫码验证真伪") + "\n" + card.page.verifyCode
                visible: address !== ""
            }
        }
    }
}
