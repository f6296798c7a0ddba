#!/bin/sh
# An array job over many articles: `sbatch --array=1-20 articles.sh ARCHIVE OUT`. Each task sets its shard of the list, which is the same
# everywhere; a task that was killed is run again by its number alone.
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
set -eu
archive=$1
out=$2
task=${SLURM_ARRAY_TASK_ID:-1}
tasks=${SLURM_ARRAY_TASK_COUNT:-1}
exec "${DIGLOT:-diglot}" build "$archive" --out-dir "$out" --shard "$task/$tasks" --jobs "${SLURM_CPUS_PER_TASK:-1}" \
  --missing-figures warn --missing-glyphs warn --message-format short --report "$out/report-$task.json"
