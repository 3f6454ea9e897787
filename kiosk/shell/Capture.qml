pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: capture

    readonly property string state_: shell.capture.state
    readonly property bool done: shell.capture.doneLabel !== ""
    readonly property bool face: shell.capture.purpose === "face"
    readonly property bool taken: state_ === "taken"

    forwardEnabled: state_ !== "starting"
    forwardName: taken ? "accept" : "take"
    forwardText: taken ? (shell.capture.acceptLabel === "" ? qsTr("就用这张") : shell.capture.acceptLabel) : (state_ === "problem" && !view.live ? "" : qsTr("拍照"))
    otherName: taken ? "retake" : (done ? "done" : "skip")
    otherText: taken ? qsTr("重拍") : done ? shell.capture.doneLabel : (shell.capture.canSkip ? (shell.capture.skipLabel === "" ? qsTr("跳过") : shell.capture.skipLabel) : "")
    page: shell.capture
    symbol: face ? "face-4" : "camera"

    onForward: taken ? shell.acceptPicture() : shell.takePicture()
    onOther: taken ? shell.retake() : (done ? shell.proceed() : shell.skip())

    ProblemNote {
        id: problem

        objectName: "problem"
        text: capture.shell.capture.problem
        width: parent.width
    }

    Balanced {
        id: guidance

        font.bold: true
        font.pixelSize: Theme.lead
        text: capture.shell.capture.guidance
        visible: text !== ""
        width: parent.width
    }

    Rectangle {
        clip: true
        color: Theme.veil
        height: Math.max(Theme.mm(80), Math.min(parent.width * (capture.face ? 1.1 : 0.78), capture.viewHeight - (problem.visible ? problem.height + Theme.space : 0) - (guidance.visible ? guidance.height + Theme.space : 0) - (byHand.visible ? byHand.height + Theme.space : 0) - (pages.visible ? pages.height + Theme.space : 0)))
        radius: Theme.radius
        width: capture.face ? Math.min(parent.width, height) : parent.width  // the face's live picture is square
        x: (parent.width - width) / 2

        Preview {
            id: view

            anchors.fill: parent
            anchors.margins: Theme.lineStrong
            filling: capture.face
            mirrored: capture.face && !capture.taken
            objectName: "preview"
            shell: capture.shell
        }

        SheetGuide {
            anchors.fill: parent
            visible: !capture.face && !capture.taken && view.live
        }

        FaceGuide {
            anchors.fill: parent
            visible: capture.face && !capture.taken && view.live
        }

        Statement {
            anchors.centerIn: parent
            colour: Theme.paper
            fill: "transparent"
            headline: qsTr("正在打开摄像头…")
            pictureSize: Theme.mm(36)
            symbol: "camera"
            visible: !view.live
            width: parent.width - Theme.margin * 2
        }
    }

    Chip {
        id: byHand

        chosen: capture.shell.capture.byHand
        objectName: "byHand"
        visible: words !== ""
        words: capture.shell.capture.handLabel

        onTapped: capture.shell.takeByHand(!chosen)
    }

    Flow {
        id: pages

        spacing: Theme.space
        visible: !capture.taken && capture.shell.capture.thumbnails.length > 0
        width: parent.width

        Repeater {
            model: capture.shell.capture.thumbnails

            Column {
                id: taken

                required property int index
                required property string modelData

                spacing: Theme.gap

                Rectangle {
                    anchors.horizontalCenter: parent.horizontalCenter
                    border.color: Theme.edge
                    border.width: Theme.line
                    color: Theme.paper
                    height: Theme.mm(30)
                    objectName: `page:${taken.index + 1}`
                    width: Math.min(remove.width, small.paintedWidth + Theme.line * 2)

                    Image {
                        id: small

                        anchors.centerIn: parent
                        fillMode: Image.PreserveAspectFit
                        height: parent.height - Theme.line * 2
                        source: taken.modelData
                        width: remove.width - Theme.line * 2
                    }
                }

                Chip {
                    id: remove

                    objectName: `delete:${taken.index + 1}`
                    role: Accessible.Button
                    words: capture.shell.capture.deleteLabels[taken.index] ?? ""

                    onTapped: capture.shell.deletePage(taken.index + 1)
                }
            }
        }
    }
}
