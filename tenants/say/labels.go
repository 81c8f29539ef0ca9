package say

// Of labels: /mark.
const (
	// In a topic.
	LabelsNone     Key = "labels-none"
	LabelsHere     Key = "labels-here"
	LabelsHereNone Key = "labels-here-none"
	LabelsFree     Key = "labels-free"
	LabelsHow      Key = "labels-how"
	LabelInTopic   Key = "label-in-topic"
	LabelUnknown   Key = "label-unknown"
	LabelMeant     Key = "label-meant"
	LabelHowNew    Key = "label-how-new"
	LabelCreate    Key = "label-create"
	LabelCreated   Key = "label-created"
	LabelManagers  Key = "label-managers"
	LabelHelpTopic Key = "label-help-topic"
	LabelWillSend  Key = "label-will-send"
	LabelNotSent   Key = "label-not-sent"
	ButtonUndo     Key = "button-undo"
	LabelsCard     Key = "labels-card"

	// In General.
	LabelHelp      Key = "label-help"
	LabelSeeHelp   Key = "label-see-help"
	LabelsAll      Key = "labels-all"
	LabelTopics    Key = "label-topics"
	LabelTakesOff  Key = "label-takes-off"
	LabelHidden    Key = "label-hidden"
	LabelNew       Key = "label-new"
	LabelUsage     Key = "label-usage"
	LabelDone      Key = "label-done"
	LabelBadName   Key = "label-bad-name"
	LabelTaken     Key = "label-taken"
	LabelTooMany   Key = "label-too-many"
	LabelSends     Key = "label-sends"
	LabelBadTicker Key = "label-bad-ticker"
	LabelAfterSelf Key = "label-after-self"
	LabelDelete    Key = "label-delete"
	LabelDeleteIt  Key = "label-delete-it"
	LabelDeleted   Key = "label-deleted"
	LabelGone      Key = "label-gone"
)
