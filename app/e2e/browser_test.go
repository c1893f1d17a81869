package e2e

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"

	cdp "github.com/chromedp/chromedp"
)

var errNoChromium = errors.New("no Chromium is installed")

// browser is the one Chromium of this test binary; each tab has its own cookies.
var browser = sync.OnceValues(startBrowser)

// closeBrowser ends what browser started.
var closeBrowser = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	os.Exit(code)
}

func startBrowser() (context.Context, error) {
	path := chromium()
	if path == "" {
		return nil, errNoChromium
	}
	options := append(
		cdp.DefaultExecAllocatorOptions[:], // headless, no first run, no background networking, no sync, an empty profile
		cdp.ExecPath(path),
		cdp.NoSandbox,
		cdp.DisableGPU,
		cdp.Flag("disable-quic", true),
		cdp.Flag("disable-component-update", true),
		cdp.Flag("lang", "fr-FR"),
		// Gives elements the name and the role that assistive technology hears.
		cdp.Flag("enable-blink-features", "ComputedAccessibilityInfo"),
	)
	allocator, stopAllocator := cdp.NewExecAllocator(context.Background(), options...)
	ctx, stop := cdp.NewContext(allocator)
	closeBrowser = func() { stop(); stopAllocator() }
	return ctx, cdp.Do(ctx)
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
