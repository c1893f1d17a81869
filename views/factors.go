package views

import (
	"strconv"
	"strings"
	"time"

	"rsc.io/qr"

	"maillage/app"
)

// A SecondStepPage is where a second factor is asked for after a right first one.
type SecondStepPage struct {
	Frame    Frame
	Next     string // where to go then
	Name     string
	Codes    bool // an application gives codes
	Passkeys bool // a passkey may be used here
	Form     Filled
}

// sixDigits takes the code of an application: the phone shows its digits, offers the code
// that it knows, and spaces typed or pasted do no harm.
func sixDigits(f Field) Field {
	f.Complete, f.Mode, f.Required, f.Short = "one-time-code", "numeric", true, true
	f.Pattern, f.Shape = `\s*(\d\s*){6}`, "Six chiffres"
	return f
}

func (p SecondStepPage) code() Field {
	return sixDigits(p.Form.of("code", "Code à six chiffres", "", "Celui que votre application affiche maintenant."))
}

func (p SecondStepPage) recovery() Field {
	f := p.Form.of("secours", "Code de secours", "", "Un de ceux que vous avez gardés, par exemple ABCDE-FGHJK.")
	f.Required, f.Short = true, true
	return f
}

// An EnrolPage shows the key of an application of codes, to be confirmed by a code.
type EnrolPage struct {
	Frame   Frame
	Action  string // address the form is posted to
	Next    string // where to go then
	Key     string // base 32
	Sealed  string // the same, as the form carries it
	Address string // the same, as a QR code holds it
	Proof   ProofAsked
	Form    Filled

	Passkeys bool // a passkey may be added instead
}

func (p EnrolPage) code() Field {
	return sixDigits(p.Form.of("code", "Code à six chiffres", "", ""))
}

func (p EnrolPage) proof() Field { return p.Proof.field("enrolement", p.Form.Wrong["preuve"]) }

// ProofAsked is what a person proves again before a change of how they sign in.
type ProofAsked struct {
	Asked    bool // false when they signed in a moment ago
	Password bool // they have one
	Codes    bool // of an application
	Recovery bool // they have recovery codes
}

// possible reports whether there is something to prove it with.
func (p ProofAsked) possible() bool { return !p.Asked || p.Password || p.Codes || p.Recovery }

func (p ProofAsked) field(id, wrong string) Field {
	var ways []string
	if p.Password {
		ways = append(ways, "votre mot de passe")
	}
	if p.Codes {
		ways = append(ways, "un code de votre application")
	}
	if p.Recovery {
		ways = append(ways, "un code de secours")
	}
	label := strings.Join(ways, ", ou ")
	if label != "" {
		label = strings.ToUpper(label[:1]) + label[1:]
	}
	return Field{ID: "champ-preuve-" + id, Name: "preuve", Label: label, Type: "password", Complete: "current-password", Required: true, Error: wrong}
}

// quiet is how many white modules stand around a QR code (ISO 18004).
const quiet = 4

// A qrCode is one drawn: the side of its square, and the path of its black modules.
type qrCode struct{ side, path string }

// drawQR draws text as a QR code; one that does not fit is empty.
func drawQR(text string) qrCode {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrCode{side: "1"}
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := x
			for run < code.Size && code.Black(run, y) {
				run++
			}
			if run > x {
				path.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h" + strconv.Itoa(run-x) + "v1H" + strconv.Itoa(x+quiet) + "z")
				x = run
			}
		}
	}
	return qrCode{side: strconv.Itoa(code.Size + 2*quiet), path: path.String()}
}

// What changed of how a person proves themselves, in the words of the e-mail about it.
const (
	CodesAdded      = "les codes d’une application ont été ajoutés comme second facteur"
	CodesRemoved    = "les codes d’une application ont été retirés"
	RecoveryRenewed = "les codes de secours ont été renouvelés"
	FactorsReset    = "le second facteur a été retiré par l’administration, et vos appareils déconnectés"
	FactorsRescued  = "le second facteur a été retiré depuis le serveur, et vos appareils déconnectés"
	MoveAsked       = "une autre adresse de connexion a été demandée, qui remplacera celle-ci une fois confirmée,"
	PasswordChanged = "le mot de passe a été changé, et vos autres appareils déconnectés"
	PasskeyAdded    = "une clé d’accès a été ajoutée"
	PasskeyRemoved  = "une clé d’accès a été retirée"
)

// FactorMail is the e-mail, without its recipient, that tells a person what changed of how
// they prove themselves, from which device and when; device is "" when it was not theirs.
func FactorMail(what, device, address string, now time.Time) app.Mail {
	from := ""
	if device != "" {
		from = " (" + device + ")"
	}
	return app.Mail{
		Subject: "Votre connexion à Maillage a changé",
		Body: "Bonjour,\n\n" + Capital(DateTime(now)) + from + ", " + what + " pour votre compte Maillage.\n\n" +
			"Si c’est vous, vous n’avez rien à faire. Sinon, changez votre mot de passe et déconnectez vos autres appareils sur " +
			address + "/compte, puis prévenez l’administration ou la coordination de la convention.\n\nMaillage\n",
	}
}
