#!/usr/bin/env bash
# slurm/vllm.sbatch with a stand-in for vllm that copies its input: each file once, nothing half-written, an error ends it.
. tests/support/command_test.sh
mkdir -p "$scratch/bin" "$scratch/requests"
cat > "$scratch/bin/vllm" <<'STAND_IN'
#!/usr/bin/env bash
[[ $1 == run-batch && $2 == -i && $4 == -o && $6 == --model && $7 == vendor/model ]] || exit 9
echo "answered $3"
cp "$3" "$5"
! grep -q broken "$3"
STAND_IN
chmod +x "$scratch/bin/vllm"
export PATH=$scratch/bin:$PATH
echo one > "$scratch/requests/requests-m-0001.jsonl"
echo two > "$scratch/requests/requests-m-0002.jsonl"
run bash slurm/vllm.sbatch vendor/model "$scratch/requests/requests-m-*.jsonl" "$scratch/answers"
expect_code 0
expect_lines 2 answered
run bash slurm/vllm.sbatch vendor/model "$scratch/requests/requests-m-*.jsonl" "$scratch/answers"
expect_code 0
expect_lines 0 answered
echo broken > "$scratch/requests/requests-m-0003.jsonl"
run bash slurm/vllm.sbatch vendor/model "$scratch/requests/requests-m-*.jsonl" "$scratch/answers"
expect_code 1
run ls "$scratch/answers"
expect_lines 1 requests-m-0003.jsonl.part
finish
