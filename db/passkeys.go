package db

import (
	"context"

	"maillage/app"
)

const passkeyColumns = `id, account_id, name, credential, created_at, used_at`

func scanPasskey(s scanner) (k app.Passkey, err error) {
	err = s.Scan(&k.ID, &k.Account, &k.Name, &k.Credential, &k.CreatedAt, moment(&k.UsedAt))
	return k, err
}

func passkeysOf(ctx context.Context, c conn, id app.AccountID) ([]app.Passkey, error) {
	return list(ctx, c, scanPasskey, `
		SELECT `+passkeyColumns+`
		FROM passkeys
		WHERE account_id = $1
		ORDER BY created_at, id`, id)
}
