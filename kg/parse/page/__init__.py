"""From a page to logical lines, and what on it is no part of the plan: fields, header, foot, signature, back matter."""
