package llmtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Go is the control token behind which a reciting model begins; it ends the
// template of the model.
const Go = "<|go|>"

// width is the size of an embedding: random vectors of this many numbers are
// far from each other.
const width = 128

// Reciter is a language model, as a GGUF file, that knows one text by heart:
// the embedding of each piece is a random vector, the output row of the next
// piece is the same vector, attention and feed-forward are zero. Any server
// that reads GGUF recites the text at any temperature (models.md §3.4).
func Reciter(text string) []byte {
	v := vocabulary{}
	v.add("<unk>", control)
	v.add("<s>", control)
	v.add("</s>", control)
	v.add(Go, control)
	for b := range 256 {
		v.add(fmt.Sprintf("<0x%02X>", b), single)
	}
	chain := []int{3} // Go
	for _, p := range unique(text) {
		chain = append(chain, len(v.tokens))
		v.add(strings.ReplaceAll(p, " ", "▁"), normal)
	}
	chain = append(chain, 2) // </s>

	n := len(v.tokens)
	embed, out := make([]float32, n*width), make([]float32, n*width)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		row := embed[i*width : (i+1)*width]
		for j := range row {
			row[j] = float32(random.NormFloat64()) / float32(math.Sqrt(width))
		}
	}
	for k := range len(chain) - 1 {
		from, to := chain[k], chain[k+1]
		for j := range width {
			out[to*width+j] = 8 * embed[from*width+j]
		}
	}
	return v.file(embed, out)
}

// unique cuts text into pieces of two characters or more, none of them twice.
func unique(text string) []string {
	seen := map[string]bool{}
	var out []string
	for r := []rune(text); len(r) > 0; {
		n := min(2, len(r))
		for n < len(r) && seen[string(r[:n])] {
			n++
		}
		seen[string(r[:n])] = true
		out, r = append(out, string(r[:n])), r[n:]
	}
	return out
}

// The kinds of tokens in GGUF.
const (
	normal  = 1
	control = 3
	single  = 6
)

type vocabulary struct {
	tokens []string
	scores []float32
	kinds  []int32
}

func (v *vocabulary) add(token string, kind int32) {
	v.tokens, v.scores, v.kinds = append(v.tokens, token), append(v.scores, -float32(len(v.tokens))), append(v.kinds, kind)
}

// writer writes the little-endian values of GGUF version 3.
type writer struct {
	bytes.Buffer
	keys uint64
}

// The value types of GGUF.
const (
	typeUint32  = 4
	typeInt32   = 5
	typeFloat32 = 6
	typeBool    = 7
	typeString  = 8
	typeArray   = 9
)

func (w *writer) put(values ...any) {
	for _, x := range values {
		if s, ok := x.(string); ok {
			w.put(uint64(len(s)))
			w.WriteString(s)
			continue
		}
		_ = binary.Write(w, binary.LittleEndian, x) // a buffer takes everything
	}
}

func (w *writer) key(name string, kind uint32, values ...any) {
	w.keys++
	w.put(name, kind)
	w.put(values...)
}

type tensor struct {
	name string
	dims []uint64
	data []float32
}

const alignment = 32

func (v *vocabulary) file(embed, out []float32) []byte {
	meta := v.meta()
	n := uint64(len(v.tokens))
	ones := make([]float32, width)
	for i := range ones {
		ones[i] = 1
	}
	zero := make([]float32, width*width)
	tensors := []tensor{
		{"token_embd.weight", []uint64{width, n}, embed},
		{"output_norm.weight", []uint64{width}, ones},
		{"output.weight", []uint64{width, n}, out},
		{"blk.0.attn_norm.weight", []uint64{width}, ones},
		{"blk.0.ffn_norm.weight", []uint64{width}, ones},
	}
	for _, name := range []string{"attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"} {
		tensors = append(tensors, tensor{"blk.0." + name + ".weight", []uint64{width, width}, zero})
	}
	var w writer
	w.put([]byte("GGUF"), uint32(3), uint64(len(tensors)), meta.keys)
	w.Write(meta.Bytes())
	offset := uint64(0)
	for _, t := range tensors {
		w.put(t.name, uint32(len(t.dims)), t.dims, uint32(0), offset) // 0: F32
		offset += uint64(len(t.data)*4+alignment-1) / alignment * alignment
	}
	for _, t := range tensors {
		w.pad()
		w.put(t.data)
	}
	w.pad()
	return w.Bytes()
}

func (w *writer) pad() { w.Write(make([]byte, (alignment-w.Len()%alignment)%alignment)) }

// meta describes a llama of one layer and the vocabulary.
func (v *vocabulary) meta() *writer {
	var w writer
	number := func(name string, n uint32) { w.key(name, typeUint32, n) }
	w.key("general.architecture", typeString, "llama")
	w.key("general.name", typeString, "reciter")
	number("general.file_type", 0)
	number("llama.context_length", 131072)
	number("llama.embedding_length", width)
	number("llama.block_count", 1)
	number("llama.feed_forward_length", width)
	number("llama.attention.head_count", 2)
	number("llama.attention.head_count_kv", 2)
	number("llama.rope.dimension_count", width/2)
	number("llama.vocab_size", uint32(len(v.tokens)))
	w.key("llama.attention.layer_norm_rms_epsilon", typeFloat32, float32(1e-6))
	w.key("tokenizer.ggml.model", typeString, "llama")
	w.key("tokenizer.ggml.tokens", typeArray, uint32(typeString), uint64(len(v.tokens)))
	for _, t := range v.tokens {
		w.put(t)
	}
	w.key("tokenizer.ggml.scores", typeArray, uint32(typeFloat32), uint64(len(v.scores)), v.scores)
	w.key("tokenizer.ggml.token_type", typeArray, uint32(typeInt32), uint64(len(v.kinds)), v.kinds)
	number("tokenizer.ggml.unknown_token_id", 0)
	number("tokenizer.ggml.bos_token_id", 1)
	number("tokenizer.ggml.eos_token_id", 2)
	for _, flag := range []string{"add_bos_token", "add_eos_token", "add_space_prefix"} {
		w.key("tokenizer.ggml."+flag, typeBool, false)
	}
	return &w
}
