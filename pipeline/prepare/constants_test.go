package prepare

import (
	"strings"
	"testing"
)

func TestCheckConstants(t *testing.T) {
	r := codeLists(t)
	for _, c := range []struct {
		constants map[string]string
		field     string // of the constant that is not known, "" for none
	}{
		{nil, ""},
		{map[string]string{"country": "IE", "region_code": "IE06", "language": "English; Irish", "currency": "Euro", "delivery_mode": "online", "provider": "Narnia"}, ""},
		{map[string]string{"country": "Narnia"}, "country"},
		{map[string]string{"language": "en, Klingon"}, "language"},
		{map[string]string{"currency": "shells"}, "currency"},
		{map[string]string{"region_code": "Devon"}, "region_code"},
		{map[string]string{"region_code": "IE06", "country": "GB"}, "region_code"},
		{map[string]string{"delivery_mode": "by owl"}, "delivery_mode"},
	} {
		err := r.CheckConstants(c.constants)
		if (err != nil) != (c.field != "") || err != nil && !strings.HasPrefix(err.Error(), "constant "+c.field+":") {
			t.Errorf("CheckConstants(%v) = %v", c.constants, err)
		}
	}
}
