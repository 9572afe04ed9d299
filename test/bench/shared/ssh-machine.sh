# A machine for sshd's ForceCommand: ssh-machine.sh SECONDS COMMAND PROGRAM... sleeps and then runs the program, which
# sees COMMAND. A client that can't write to the standard input of a command puts it behind the word licensing-input.
sleep "$1"
command=$2
shift 2
case $SSH_ORIGINAL_COMMAND in
*licensing-input*)
  input=${SSH_ORIGINAL_COMMAND##*licensing-input }
  input=${input%%[!A-Za-z0-9+/=]*}
  SSH_ORIGINAL_COMMAND=$command
  export SSH_ORIGINAL_COMMAND
  echo "$input" | "$@"
  ;;
*)
  exec "$@"
  ;;
esac
