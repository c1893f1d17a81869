package views

import (
	"regexp"
	"strings"

	"maillage/app"
)

var mailStates = []Option{
	{Value: "", Label: "Tous"},
	{Value: "a-envoyer", Label: "À envoyer"},
	{Value: "envoye", Label: "Envoyés"},
	{Value: "echec", Label: "En échec"},
}

func mailTo(m app.Mail) string {
	if m.Name == "" {
		return m.Recipient
	}
	return m.Name + " <" + m.Recipient + ">"
}

// mailProblem says what the last attempt met, in French where we know it.
func mailProblem(m app.Mail) string {
	_, detail, _ := strings.Cut(m.Problem, ": ")
	if detail == "" {
		detail = m.Problem
	}
	if m.FailedAt.IsZero() {
		return "Le serveur de courriel ne l’a pas encore pris : " + detail
	}
	return "Le serveur de courriel l’a refusé : " + detail
}

func resendQuestion(m app.Mail) string {
	if m.SentAt.IsZero() {
		return ""
	}
	return "Ce courriel est déjà parti. L’envoyer une seconde fois à " + m.Recipient + " ?"
}

// TokenPaths is what the addresses that carry a token begin with: whoever reads one in a
// letter does what it opens in the place of its recipient. A route with a token is under one of them.
var TokenPaths = []string{"/connexion/lien/", "/mes-donnees/", InquiryPath, "/acces/", "/installation/"}

// A letterPart is a stretch of a letter; one with an address is a link.
type letterPart struct{ Text, Href string }

var (
	letterLink = regexp.MustCompile(`https?://[^\s<>"«»]*[^\s<>"«».,;:!?)’']`)
	secretPart = regexp.MustCompile(`(` + strings.Join(TokenPaths, "|") + `)[\w-]+`)
)

// letterParts cuts a letter at its links; masked hides those that carry a token, which
// then lead nowhere.
func letterParts(body string, masked bool) (parts []letterPart) {
	if masked {
		body = secretPart.ReplaceAllString(body, "$1•••")
	}
	end := 0
	for _, at := range letterLink.FindAllStringIndex(body, -1) {
		link := body[at[0]:at[1]]
		if strings.Contains(link, "•••") {
			continue
		}
		parts = append(parts, letterPart{Text: body[end:at[0]]}, letterPart{Text: link, Href: link})
		end = at[1]
	}
	return append(parts, letterPart{Text: body[end:]})
}
