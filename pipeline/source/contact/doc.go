// Package contact takes contact details of persons out of text: e-mail
// addresses, telephone numbers, and the names that stand beside them.
// Vacancies are full of them; skills statistics need none.
//
// # Glossary
//
//   - token: an e-mail address or telephone number, see [Email] and [Phone].
//   - lead-in: words that announce a contact: "for an informal visit please
//     contact", "Ansprechpartnerin", "osoba do kontaktu:". "contact" alone is
//     one only before a title and a name.
//   - contact block: the lines after a lead-in that ends a line, as long as
//     each holds a token, starts with a label ("Name", "Job title", "Tel") or
//     looks like a person with a function.
//
// # Rules
//
//	for each line:
//	    for each sentence:
//	        drop it if it holds a token             (rule 1)
//	        drop it if a lead-in comes before a name (rule 2)
//	        in a sentence too long to be one, drop only lead-in to token
//	    drop what is left of a line with a token if that is a person
//	    with a function, or labels                               (rule 3)
//	    drop a lead-in at the end of a line and its block            (rule 4)
//	    drop a person's line right above a line that was only tokens (rule 5)
//	    drop a short line that starts with a title and a name         (rule 6)
//	repeat until nothing changes
//
// The rest of a line stays, so that an advertisement of one paragraph loses the
// sentence with the contact and no other. A text is gone through once for each
// kind of token, and a few times in all.
//
// Numbers that are not telephone numbers stay: amounts, dates, times,
// postcodes, and what is called a reference, registration or job number. A
// name in running text ("the Royal Marsden") stays too: no rule removes a name
// without a lead-in or a token beside it.
package contact
