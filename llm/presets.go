package llm

import (
	_ "embed"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"
)

//go:embed presets.yaml
var presets []byte

// A Preset is a service known by name: its configuration without a key, and
// the environment variables that its users usually have.
type Preset struct {
	Config   `yaml:",inline"`
	KeyEnv   []string `yaml:"key_env"`   // in the order in which they are asked
	BaseEnv  []string `yaml:"base_env"`  // variables with another address
	BasePath string   `yaml:"base_path"` // what follows the address of BaseEnv
	Port     string   `yaml:"port"`      // BaseEnv may hold a bare host: its port
}

// Presets are the built-in services in the order people are shown (models.md
// §4.1). Each call gives its own copy.
func Presets() []Preset {
	var out []Preset
	if err := yaml.Unmarshal(presets, &out); err != nil {
		panic(fmt.Sprintf("llm/presets.yaml: %v", err)) // a broken build, found by any test
	}
	return out
}

// PresetByID finds a built-in service.
func PresetByID(id string) (Preset, bool) {
	all := Presets()
	i := slices.IndexFunc(all, func(p Preset) bool { return p.ID == id })
	if i < 0 {
		return Preset{}, false
	}
	return all[i], true
}
