package linker_test

import "testing"

func TestClassify(t *testing.T) {
	tests := []struct{ title, isco string }{
		{"Practice Nurse", "2221"},
		{"Senior Practice Nurse - Band 6 (part time)", "2221"},
		{"Healthcare Assistant", "5321"},
		{"Health Care Assistant", "5321"},
		{"Medical Secretary", "3344"},
		{"Website developer (m/f/d)", "2513"},
		{"Web Developper", "2513"},
		{"IT Consultant", "2511"},
		{"Consultant, management", "2421"},
		{"Zzyzx", ""},
		{"", ""},
		{"Band 6", ""},
	}
	l, x := newSmall(t)
	for _, tt := range tests {
		got := ""
		if matches := l.Classify(tt.title, "en", 3); len(matches) > 0 {
			got = x.Occupations[matches[0].Occupation].ISCO
			for i, m := range matches {
				if m.Score <= 0 || m.Score > 1 || i > 0 && m.Score > matches[i-1].Score {
					t.Errorf("Classify(%q): score %v at place %d", tt.title, m.Score, i)
				}
			}
		}
		if got != tt.isco {
			t.Errorf("Classify(%q) = %q, want %q", tt.title, got, tt.isco)
		}
	}
	if got := l.Classify("nurse", "en", 1); len(got) != 1 {
		t.Errorf("top 1 gives %d", len(got))
	}
	if got := l.Classify("nurse", "", 1); len(got) != 1 {
		t.Errorf("any language gives %d", len(got))
	}
}
