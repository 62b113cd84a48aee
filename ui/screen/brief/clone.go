package brief

import "dbchapter/prompt/brief"

// cloneService, cloneEntity, cloneAttr and cloneAccess copy single items by the
// way of a brief, which knows how deep they are.

func cloneService(s brief.Service) brief.Service {
	return brief.Brief{Services: []brief.Service{s}}.Clone().Services[0]
}

func cloneEntity(e brief.Entity) brief.Entity {
	return brief.Brief{Entities: []brief.Entity{e}}.Clone().Entities[0]
}

func cloneAttr(a brief.Attr) brief.Attr {
	return cloneEntity(brief.Entity{Attrs: []brief.Attr{a}}).Attrs[0]
}

func cloneAccess(a brief.Access) brief.Access {
	return cloneEntity(brief.Entity{Access: []brief.Access{a}}).Access[0]
}
